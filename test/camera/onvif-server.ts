import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong, by the operation (`GetProfiles`) it happens to. */
export type OnvifFault = 'cut-off' | 'silence' | 'endless' | 'empty' | 'nonsense' | 'unauthorised' | 'slow-drip';

export type OnvifServerOptions = {
  readonly username?: string;
  readonly password?: string;
  /** How far the camera's clock is ahead; it refuses tokens that are older than a minute by it. */
  readonly clockOffsetMs?: number;
  readonly faults?: Readonly<Record<string, OnvifFault>>;
  /** XML inside `GetProfilesResponse`. */
  readonly profiles?: string;
  /** What the camera calls itself, as behind address translation. */
  readonly toldHost?: string;
  readonly httpDigest?: boolean;
};

export const ONE_PROFILE =
  '<trt:Profiles token="p&amp;1"><tt:Name>Main</tt:Name><tt:VideoEncoderConfiguration token="e"><tt:Encoding>H264</tt:Encoding>' +
  '<tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles>';

/** A small ONVIF device, written from the specification, that can be made to misbehave. */
export class OnvifServer {
  /** Operations in the order in which they were asked, and whether with a user. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #options: OnvifServerOptions;
  #atOnce = 0;
  mostAtOnce = 0;

  private constructor(options: OnvifServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(options: OnvifServerOptions = {}): Promise<OnvifServer> {
    const made = new OnvifServer(options);
    await new Promise<void>((resolve) => made.#server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message = Buffer.concat(chunks).toString('utf8');
    const operation = /<(?:\w+:)?Body>\s*<(?:\w+:)?(\w+)/.exec(message)?.[1] ?? 'nothing';
    const hasUser = message.includes('UsernameToken');
    this.asked.push(hasUser ? operation : `${operation} (anonymous)`);
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    response.on('close', () => (this.#atOnce -= 1));
    const fault = this.#options.faults?.[operation];
    if (fault !== undefined) this.#misbehave(fault, response);
    else if (this.#options.httpDigest === true && !this.#isHttpAuthorised(request)) {
      response
        .writeHead(401, {
          'WWW-Authenticate': ['Basic realm="cam"', 'Digest realm="cam", qop="auth", nonce="n0nce", algorithm=MD5'],
        })
        .end();
    } else if (
      operation !== 'GetSystemDateAndTime' &&
      this.#options.httpDigest !== true &&
      !this.#isTokenRight(message)
    ) {
      this.#misbehave('unauthorised', response);
    } else response.end(envelope(this.#body(operation)));
  }

  #body(operation: string): string {
    const host = this.#options.toldHost ?? '127.0.0.1';
    const { port } = this.#server.address() as AddressInfo;
    switch (operation) {
      case 'GetSystemDateAndTime': {
        const now = new Date(Date.now() + (this.#options.clockOffsetMs ?? 0));
        const time = `<tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute><tt:Second>${now.getUTCSeconds()}</tt:Second>`;
        const date = `<tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day>`;
        return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:UTCDateTime><tt:Time>${time}</tt:Time><tt:Date>${date}</tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
      }
      case 'GetCapabilities':
        return `<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>http://${host}:${port}/onvif/media?x=1</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>`;
      case 'GetProfiles':
        return `<trt:GetProfilesResponse>${this.#options.profiles ?? ONE_PROFILE}</trt:GetProfilesResponse>`;
      case 'GetStreamUri':
        return `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://${host}:8554/cam/realmonitor?channel=1&amp;subtype=0</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`;
      default:
        return '<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang="en">Not implemented</s:Text></s:Reason></s:Fault>';
    }
  }

  #misbehave(fault: OnvifFault, response: ServerResponse): void {
    switch (fault) {
      case 'cut-off':
        response.writeHead(200, { 'Content-Length': 1_000 });
        response.write('<s:Envelope>', () => response.destroy());
        return;
      case 'silence':
        return;
      case 'slow-drip': {
        const timer = setInterval(() => response.write(' '), 100);
        response.on('close', () => clearInterval(timer));
        return;
      }
      case 'endless': {
        const pour = (): void => {
          if (!response.destroyed) response.write(Buffer.alloc(65_536, 'x'), () => setImmediate(pour));
        };
        pour();
        return;
      }
      case 'empty':
        response.end();
        return;
      case 'nonsense':
        response.end('<html><body>It works!</body>');
        return;
      case 'unauthorised':
        response
          .writeHead(400)
          .end(
            envelope(
              '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">Sender not Authorized</s:Text></s:Reason></s:Fault>',
            ),
          );
    }
  }

  /** WS-Security UsernameToken Profile 1.0: Base64(SHA-1(nonce + created + password)). */
  #isTokenRight(message: string): boolean {
    const { username = '', password = '', clockOffsetMs = 0 } = this.#options;
    if (username === '') return true;
    const field = (name: string): string => new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)<`).exec(message)?.[1] ?? '';
    const unescaped = field('Username').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    const isTimely = Math.abs(Date.parse(field('Created')) - (Date.now() + clockOffsetMs)) < 60_000;
    const bytes = Buffer.concat([
      Buffer.from(field('Nonce'), 'base64'),
      Buffer.from(field('Created')),
      Buffer.from(password),
    ]);
    return (
      unescaped === username && isTimely && createHash('sha1').update(bytes).digest('base64') === field('Password')
    );
  }

  #isHttpAuthorised(request: IncomingMessage): boolean {
    const { username = '', password = '' } = this.#options;
    const header = request.headers.authorization ?? '';
    const field = (name: string): string => new RegExp(`${name}="?([^",]*)`).exec(header)?.[1] ?? '';
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const first = md5(`${username}:cam:${password}`);
    const second = md5(`POST:${request.url ?? ''}`);
    return field('response') === md5(`${first}:n0nce:${field('nc')}:${field('cnonce')}:auth:${second}`);
  }
}

function envelope(body: string): string {
  const names = [
    's="http://www.w3.org/2003/05/soap-envelope"',
    'tds="http://www.onvif.org/ver10/device/wsdl"',
    'trt="http://www.onvif.org/ver10/media/wsdl"',
    'tt="http://www.onvif.org/ver10/schema"',
    'ter="http://www.onvif.org/ver10/error"',
  ];
  return `<?xml version="1.0"?><s:Envelope ${names.map((name) => `xmlns:${name}`).join(' ')}><s:Body>${body}</s:Body></s:Envelope>`;
}
