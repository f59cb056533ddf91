import type { Locator, Page } from 'playwright-core';

/** Drops a file on the zone as a mouse does. Its text is made in the browser by repeating the body, so that big files need no transport. */
export async function dropFile(page: Page, name: string, { head, body, times = 1 }: Dropped): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ file, first, rest, count }) => {
      const data = new DataTransfer();
      data.items.add(new File([first, ...new Array<string>(count).fill(rest)], file, { type: 'text/csv' }));
      return data;
    },
    { file: name, first: head, rest: body, count: times },
  );
  await page.locator('c-import-panel [data-drop]').dispatchEvent('drop', { dataTransfer: transfer });
}

export interface Dropped {
  readonly head: string;
  readonly body: string;
  readonly times?: number;
}

/** Picks an option of a combobox by its label, with the mouse. */
export async function pick(within: Locator | Page, label: string, option: string): Promise<void> {
  await within.getByRole('combobox', { name: label, exact: true }).click();
  await within.getByRole('option', { name: option, exact: true }).click();
}
