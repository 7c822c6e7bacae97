import { escapeXml } from './xml.js';

/** A request that a service refuses (ONVIF Core Specification, 5.8.2: SOAP faults with ONVIF's own sub-codes). */
export class SoapFault extends Error {
  readonly blame: 'Sender' | 'Receiver';
  /** From the outer to the inner, such as `ter:InvalidArgVal`, `ter:NoProfile`. */
  readonly subcodes: readonly string[];

  constructor(blame: 'Sender' | 'Receiver', subcodes: readonly string[], reason: string) {
    super(reason);
    this.name = 'SoapFault';
    this.blame = blame;
    this.subcodes = subcodes;
  }
}

const NAMESPACES = Object.entries({
  env: 'http://www.w3.org/2003/05/soap-envelope',
  tds: 'http://www.onvif.org/ver10/device/wsdl',
  trt: 'http://www.onvif.org/ver10/media/wsdl',
  tptz: 'http://www.onvif.org/ver20/ptz/wsdl',
  tt: 'http://www.onvif.org/ver10/schema',
  ter: 'http://www.onvif.org/ver10/error',
  wsa: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  d: 'http://schemas.xmlsoap.org/ws/2005/04/discovery',
  dn: 'http://www.onvif.org/ver10/network/wsdl',
})
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join('');

/** A SOAP 1.2 message. Both parts are XML. */
export function soapEnvelope(body: string, header = ''): string {
  const head = header === '' ? '' : `<env:Header>${header}</env:Header>`;
  return `<?xml version="1.0" encoding="UTF-8"?><env:Envelope${NAMESPACES}>${head}<env:Body>${body}</env:Body></env:Envelope>`;
}

/** The message that reports a fault (SOAP 1.2 part 1, 5.4). */
export function soapFaultEnvelope(fault: SoapFault): string {
  const subcode = fault.subcodes.reduceRight(
    (inner, code) => `<env:Subcode><env:Value>${code}</env:Value>${inner}</env:Subcode>`,
    '',
  );
  return soapEnvelope(
    `<env:Fault><env:Code><env:Value>env:${fault.blame}</env:Value>${subcode}</env:Code>` +
      `<env:Reason><env:Text xml:lang="en">${escapeXml(fault.message)}</env:Text></env:Reason></env:Fault>`,
  );
}
