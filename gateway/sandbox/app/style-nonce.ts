/**
 * The editor writes style elements, and the page's policy lets nobody write one without the nonce. So every style
 * element made by our own code, which is all the code there is, is given it here, before anything else runs.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

const createElement = document.createElement.bind(document)

document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
  const element = createElement(name, options)
  if (element instanceof HTMLStyleElement) element.nonce = nonce
  return element
}

export {}
