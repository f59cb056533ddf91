import { getText } from './service';

/** Lightning allows these types for downloads. */
const TEXT = 'text/plain';
export const OCTETS = 'application/octet-stream';

/** Saves a file of the service under this name. */
export async function download(path: string, filename: string, type = TEXT): Promise<void> {
  saveText(await getText(path), filename, type);
}

/** Saves a text that is here already. */
export function saveText(text: string, filename: string, type = TEXT): void {
  saveBlob(new Blob([text], { type }), filename);
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
