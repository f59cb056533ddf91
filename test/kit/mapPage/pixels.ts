import type { Page } from 'playwright-core';

/** A channel that is off by more than this is seen; less is how a canvas smooths. */
const SEEN = 24;

/** Share of the pixels of two pictures that differ, worked out by a browser, which can read pictures. */
export function differingShare(page: Page, pictures: readonly [Buffer, Buffer]): Promise<number> {
  const urls = pictures.map((picture) => `data:image/png;base64,${picture.toString('base64')}`);
  return page.evaluate(
    async ([addresses, seen]) => {
      const read = async (address: string) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height).data;
      };
      const [a, b] = await Promise.all(addresses.map(read));
      if (!a || a.length !== b?.length) return 1;
      let differing = 0;
      for (let i = 0; i < a.length; i += 4) {
        if ([0, 1, 2].some((channel) => Math.abs(a[i + channel]! - b[i + channel]!) > seen)) differing++;
      }
      return differing / (a.length / 4);
    },
    [urls, SEEN] as const,
  );
}
