import { getText } from './service';

/** Saves a file of the service under this name. Lightning allows this type for downloads. */
export async function download(path: string, filename: string): Promise<void> {
  saveText(await getText(path), filename);
}

/** Saves a text that is here already. */
export function saveText(text: string, filename: string): void {
  saveBlob(new Blob([text], { type: 'text/plain' }), filename);
}

/** Saves a file; its type is one that Lightning lets through. */
export function saveBlob(blob: Blob, filename: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  URL.revokeObjectURL(url);
}
