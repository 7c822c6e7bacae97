import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { discoverCameras } from '../../src/camera/onvif/discovery.js';

const GROUP = '239.255.255.250';
const PORT = 3_702;
let responder: Socket | null = null;

afterEach(() => {
  responder?.close();
  responder = null;
});

/** Answers every probe on the loopback interface with these bodies. */
async function respond(answers: (relatesTo: string) => readonly string[]): Promise<string[]> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  responder = socket;
  const probes: string[] = [];
  await new Promise<void>((resolve) => socket.bind(PORT, resolve));
  socket.addMembership(GROUP, '127.0.0.1');
  socket.on('message', (message, sender) => {
    const id = /<[^>]*MessageID>([^<]+)</.exec(message.toString())?.[1];
    if (id === undefined || !message.includes('NetworkVideoTransmitter')) return;
    probes.push(id);
    for (const answer of answers(id)) socket.send(answer, sender.port, sender.address);
  });
  return probes;
}

function envelope(relatesTo: string, matches: string): string {
  return (
    '<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">' +
    `<SOAP-ENV:Header><wsa:RelatesTo>${relatesTo}</wsa:RelatesTo></SOAP-ENV:Header><SOAP-ENV:Body><d:ProbeMatches>${matches}</d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>`
  );
}

function match(urn: string, name: string, xaddrs: string): string {
  return (
    `<d:ProbeMatch><wsa:EndpointReference><wsa:Address>${urn}</wsa:Address></wsa:EndpointReference>` +
    `<d:Scopes MatchBy="x">onvif://www.onvif.org/name/${name} onvif://www.onvif.org/hardware/H_1</d:Scopes><d:XAddrs>${xaddrs}</d:XAddrs></d:ProbeMatch>`
  );
}

const discover = (): ReturnType<typeof discoverCameras> =>
  discoverCameras({ interfaces: ['127.0.0.1'], timeoutMs: 1_200 });

describe('discoverCameras', () => {
  it('finds every device once: several in one answer, repeated answers, several addresses', async () => {
    const probes = await respond((id) => [
      envelope(
        id,
        match('urn:uuid:2', '%E5%A4%A7%E5%8E%85', 'http://192.0.2.2/onvif/device_service http://[fe80::1]/onvif') +
          match('urn:uuid:1', 'A_gate', 'http://192.0.2.1:8000/x'),
      ),
      envelope(id.replace('urn:', ''), match('urn:uuid:3', 'B', 'https://192.0.2.3/onvif/device_service')),
    ]);
    const ours = (await discover()).filter(({ hardware }) => hardware === 'H 1');
    expect(ours.map(({ urn, name, xaddrs, senderAddress }) => [urn, name, xaddrs, senderAddress])).toEqual([
      ['urn:uuid:1', 'A gate', ['http://192.0.2.1:8000/x'], '127.0.0.1'],
      ['urn:uuid:3', 'B', ['https://192.0.2.3/onvif/device_service'], '127.0.0.1'],
      ['urn:uuid:2', '大厅', ['http://192.0.2.2/onvif/device_service', 'http://[fe80::1]/onvif'], '127.0.0.1'],
    ]);
    // UDP loses datagrams: the same probe is sent again.
    expect(probes.length).toBeGreaterThanOrEqual(2);
  });

  it("is not confused by strays: nonsense, other probes' answers, no address", async () => {
    await respond((id) => [
      'M-SEARCH * HTTP/1.1\r\n\r\n',
      '<unclosed',
      '',
      envelope('urn:uuid:somebody-elses', match('urn:uuid:stranger', 'stranger', 'http://192.0.2.9/')),
      envelope(id, match('urn:uuid:nowhere', 'nowhere', 'javascript:alert(1)')),
      envelope(id, '<d:ProbeMatch/>'),
      envelope(id, match('urn:uuid:good', 'good', 'http://192.0.2.5/')),
    ]);
    const found = await discover();
    expect(found.map(({ urn }) => urn)).toContain('urn:uuid:good');
    expect(found.map(({ urn }) => urn)).not.toContain('urn:uuid:stranger');
    expect(found.map(({ urn }) => urn)).not.toContain('urn:uuid:nowhere');
  });

  it('ends when it is told to', async () => {
    const abort = new AbortController();
    const searching = discoverCameras({ interfaces: ['127.0.0.1'], timeoutMs: 600_000, signal: abort.signal });
    abort.abort();
    await searching;
  });

  it('says so when no interface can be used', async () => {
    await expect(discoverCameras({ interfaces: ['192.0.2.77'], timeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'no-interface',
    });
  });
});
