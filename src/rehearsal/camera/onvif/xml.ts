/** An element without its namespace prefix. `text` is what stands directly in it, entities resolved. */
export type XmlElement = {
  readonly name: string;
  /** By their names without prefixes, entities resolved. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
};

/** A document that is not XML as ONVIF clients send it. */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError';
}

const DEEPEST = 24;
const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Reads the elements, attributes and texts of a small document. Namespaces are left out: the names alone tell ONVIF requests
 * apart. Document types are refused, as SOAP demands (SOAP 1.2 part 1, section 5).
 * @throws XmlSyntaxError
 */
export function parseXml(document: string): XmlElement {
  const root: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  const token =
    /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w.:-]+)((?:[^<>"']|"[^"]*"|'[^']*')*)>|([^<]+)/gy;
  while (token.lastIndex < document.length) {
    const match = token.exec(document);
    if (match === null) throw new XmlSyntaxError('the document is not well-formed');
    const [, data, slash, qualifiedName, attributes = '', text] = match;
    const parent = open.at(-1) ?? root;
    if (data !== undefined) parent.text += data;
    else if (text !== undefined) parent.text += resolveEntities(text);
    else if (qualifiedName !== undefined) {
      const name = qualifiedName.slice(qualifiedName.indexOf(':') + 1);
      if (slash === '/') {
        if (open.length === 1 || parent.name !== name) throw new XmlSyntaxError(`</${name}> closes nothing`);
        open.pop();
        continue;
      }
      const element: XmlElement = { name, attributes: readAttributes(attributes), children: [], text: '' };
      parent.children.push(element);
      if (!attributes.endsWith('/')) open.push(element);
      if (open.length > DEEPEST) throw new XmlSyntaxError('elements are nested too deeply');
    }
  }
  const [element] = root.children;
  if (open.length !== 1 || element === undefined) throw new XmlSyntaxError('the document ends too early');
  return element;
}

/** The first element of that name below this one, at any depth, or undefined. */
export function findElement(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) {
    const found = child.name === name ? child : findElement(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The text of the first element of that name below this one, trimmed, or an empty string. */
export function textOf(element: XmlElement, name: string): string {
  return findElement(element, name)?.text.trim() ?? '';
}

/** Text as it stands in an element or an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function readAttributes(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found.set(name.slice(name.indexOf(':') + 1), resolveEntities(double ?? single ?? ''));
  }
  return found;
}

function resolveEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
    (whole, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? whole;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
