/** Gathers work until the next frame: at most one run a frame, however often the mouse moves, and nothing is lost. */
export class Frames {
  private readonly waiting: (() => void)[] = [];
  private frame: number | undefined;

  next(work: () => void): void {
    this.waiting.push(work);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      for (const run of this.waiting.splice(0)) run();
    });
  }

  stop(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.waiting.length = 0;
  }
}
