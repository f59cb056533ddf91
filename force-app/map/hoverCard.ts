export interface Card {
  readonly title: string;
  readonly lines: readonly string[];
}

const OFFSET_PIXELS = 14;

/** A small card beside the pointer. Text is written as text, never as markup. */
export class HoverCard {
  private readonly container: HTMLElement;
  private readonly box = document.createElement('div');
  private shown = '';

  constructor(container: HTMLElement) {
    this.container = container;
    this.box.setAttribute('class', 'bailiwick-card');
    this.box.setAttribute('role', 'status');
    this.box.setAttribute('hidden', '');
    container.append(this.box);
  }

  show({ title, lines }: Card, x: number, y: number): void {
    const content = [title, ...lines].join('\n');
    if (content !== this.shown) this.write(title, lines);
    this.shown = content;
    this.box.removeAttribute('hidden');
    const { clientWidth, clientHeight } = this.container;
    const left =
      x + OFFSET_PIXELS + this.box.offsetWidth > clientWidth
        ? x - OFFSET_PIXELS - this.box.offsetWidth
        : x + OFFSET_PIXELS;
    const top = Math.min(y + OFFSET_PIXELS, clientHeight - this.box.offsetHeight - 4);
    this.box.style.setProperty(
      'transform',
      `translate(${Math.max(0, Math.round(left))}px, ${Math.max(0, Math.round(top))}px)`,
    );
  }

  hide(): void {
    this.box.setAttribute('hidden', '');
  }

  private write(title: string, lines: readonly string[]): void {
    const line = (text: string, name: string) => {
      const made = document.createElement(name);
      made.textContent = text;
      return made;
    };
    this.box.replaceChildren(line(title, 'strong'), ...lines.map((text) => line(text, 'div')));
  }
}
