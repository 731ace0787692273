const HTML = 'http://www.w3.org/1999/xhtml';

/**
 * The page's policy shows only styles that carry its nonce. The component library makes style elements as it goes, in some
 * places without the nonce that it was given: whatever script of ours makes one, it gets it.
 */
export function nonceStyles(): void {
  const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce;
  if (!nonce) return;
  const createElement = (name: string): HTMLElement => {
    const element = document.createElementNS(HTML, name.toLowerCase());
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
  Object.assign(document, { createElement });
}
