import membrane from '@locker/near-membrane-dom';

/**
 * The nearest stand-in for Lightning Web Security that can be had: Salesforce's own membrane, with the values that LWS
 * keeps live, and with the refusals that Salesforce documents (developer.salesforce.com, “Specify a MIME Type for Blob
 * Objects in LWS”; @locker/eslint-plugin-locker 0.25, blocked properties of Element, Document and Window).
 */
const BLOB_TYPES =
  /^(application\/(octet-stream|json|pdf|zip|x-bzip|x-rar-compressed|x-tar)|(video|audio|image|font)\/.+|text\/(plain|markdown|html|xml))$/;
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  Element: ['requestFullscreen', 'webkitRequestFullscreen', 'webkitRequestFullScreen', 'setHTMLUnsafe'],
  Document: ['exitFullscreen', 'write', 'writeln', 'parseHTMLUnsafe', 'createProcessingInstruction'],
  Window: ['find', 'webkitRequestFileSystem'],
};
const LIVE = ['CSSStyleDeclaration', 'DOMStringMap', 'Storage'];

// its types are those of the other module system: there the function is a property
const createVirtualEnvironment = membrane as unknown as (typeof membrane)['default'];

type Callable = (...values: unknown[]) => unknown;

function refusals(): Map<unknown, unknown> {
  const distorted = new Map<unknown, unknown>();
  for (const [owner, names] of Object.entries(REFUSED)) {
    const holder: object =
      owner === 'Window' ? window : (window as never as Record<string, Callable>)[owner]!.prototype;
    for (const name of names) {
      const real = (holder as Record<string, unknown>)[name];
      const refuse = () => {
        throw new Error(`${owner}.${name} is prohibited by Lightning Web Security.`);
      };
      if (typeof real === 'function') distorted.set(real, refuse);
    }
  }
  distorted.set(Blob, AllowedBlob);
  return distorted;
}

function AllowedBlob(parts: BlobPart[], options?: BlobPropertyBag): Blob {
  if (!BLOB_TYPES.test(options?.type ?? '')) throw new Error('Unsupported MIME type');
  return new Blob(parts, options);
}

function isLive(value: object): boolean {
  if (Reflect.has(value, Symbol.for('@@lockerLiveValue'))) return true;
  return LIVE.some((name) => value instanceof (window as never as Record<string, new () => object>)[name]!);
}

/** Evaluates code inside the realm. `isPlain`: the membrane's own defaults and nothing of LWS. */
export function makeRealm(endowments: Record<string, unknown>, isPlain: boolean): (code: string) => void {
  const distorted = refusals();
  const ofLightning = {
    distortionCallback: (value: object) => (distorted.get(value) ?? value) as object,
    liveTargetCallback: isLive,
  };
  const environment = createVirtualEnvironment(window, {
    endowments: Object.getOwnPropertyDescriptors(endowments),
    ...(isPlain ? {} : ofLightning),
  });
  return (code) => void environment.evaluate(code);
}
