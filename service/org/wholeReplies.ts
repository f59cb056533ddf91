import { setDispatcher } from 'jsforce/lib/request.js';
import { Agent, type Dispatcher } from 'undici';

/**
 * Holds a reply back until all of it has come. jsforce pipes bodies without listening for errors: a line cut in the middle
 * of one would end the whole process, and the call would never come back. Held back, it is a failed call like any other.
 */
class WholeReply implements Dispatcher.DispatchHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  #start: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>> | undefined;
  readonly #chunks: Buffer[] = [];

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler;
  }

  onRequestStart(...values: Parameters<NonNullable<Dispatcher.DispatchHandler['onRequestStart']>>): void {
    this.#handler.onRequestStart?.(...values);
  }

  onResponseStart(...values: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>): void {
    this.#start = values;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(...values: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseEnd']>>): void {
    if (this.#start) this.#handler.onResponseStart?.(...this.#start);
    for (const chunk of this.#chunks) this.#handler.onResponseData?.(values[0], chunk);
    this.#handler.onResponseEnd?.(...values);
  }

  onResponseError(...values: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseError']>>): void {
    this.#handler.onResponseError?.(...values);
  }
}

/** Lets jsforce see only replies that came whole. Once a process; calls to the CRM only go through this. */
export function readWholeReplies(): void {
  const agent = new Agent({ connect: { allowH2: false } });
  setDispatcher(
    agent.compose((dispatch) => (options, handler) => dispatch(options, new WholeReply(handler))) as unknown as Agent,
  );
}
