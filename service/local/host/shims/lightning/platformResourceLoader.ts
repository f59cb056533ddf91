const loaded = new Map<string, Promise<void>>();

function once(url: string, make: () => HTMLScriptElement | HTMLLinkElement): Promise<void> {
  const known = loaded.get(url);
  if (known) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const element = make();
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`Could not load ${url}.`));
    document.head.append(element);
  });
  loaded.set(url, loading);
  return loading;
}

export const loadScript = (_component: unknown, src: string): Promise<void> =>
  once(src, () => Object.assign(document.createElement('script'), { src }));

export const loadStyle = (_component: unknown, href: string): Promise<void> =>
  once(href, () => Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
