import { LightningElement, api } from 'lwc';
import { filled, loadMap, reduceErrors, saveBlob } from 'c/bailiwick';
import type { PictureWords } from 'c/bailiwick';
import { texts } from './texts';

const JPEG_QUALITY = 0.92;

/** Saves what is on the map, with its legend, as a picture or as a page to print. */
export default class MapExport extends LightningElement {
  readonly texts = texts;
  /** Draws the map with its words; by method, as a canvas does not travel as a property. */
  @api make: () => Promise<{ canvas: HTMLCanvasElement; words: PictureWords }> = () =>
    Promise.reject(new Error(texts.noMap));

  private isOpen = false;
  private isBusy = false;
  private said = '';

  get expanded(): string {
    return String(this.isOpen);
  }
  get words(): string {
    return this.isBusy ? texts.saving : texts.saveMap;
  }

  private toggle(): void {
    this.isOpen = !this.isOpen;
  }

  private press(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    this.isOpen = false;
    this.template?.querySelector<HTMLElement>('.button')?.focus();
  }

  private async take(event: Event): Promise<void> {
    const isPdf = (event.currentTarget as HTMLElement).dataset.kind === 'pdf';
    this.isOpen = false;
    this.isBusy = true;
    this.said = '';
    try {
      const { canvas, words } = await this.make();
      const name = `${words.title} ${words.date}`.replace(/[^\w-]+/g, '-').toLowerCase();
      saveBlob(isPdf ? await this.page(canvas, words) : await picture(canvas), `${name}.${isPdf ? 'pdf' : 'png'}`);
      this.said = filled(texts.theMapIsSavedAs, isPdf ? texts.aPdf : texts.aPicture);
    } catch (error) {
      const { message } = reduceErrors(error);
      this.said = message;
      this.dispatchEvent(new CustomEvent('problem', { detail: error }));
    } finally {
      this.isBusy = false;
    }
  }

  private async page(canvas: HTMLCanvasElement, { title, date, source }: PictureWords): Promise<Blob> {
    const map = await loadMap(this);
    const base64 = canvas.toDataURL('image/jpeg', JPEG_QUALITY).split(',')[1] ?? '';
    const { width, height } = canvas;
    const text = map.pdfOf({ base64, width, height }, { title: `${title}, ${date}`, subject: source });
    return new Blob([text], { type: 'application/octet-stream' });
  }
}

function picture(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error(texts.thePictureIsTooBigForThisBrowser))),
      'image/png',
    );
  });
}
