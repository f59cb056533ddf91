export function findChromium(options?: { install?: boolean; say?: (text: string) => void }): string | null;
