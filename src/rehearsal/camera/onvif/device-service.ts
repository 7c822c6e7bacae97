import { PTZ_PATH } from './ptz-service.js';
import { SoapFault } from './soap.js';
import { escapeXml, type XmlElement } from './xml.js';

/** What a service knows of the device it belongs to. */
export type DeviceIdentity = {
  readonly id: string;
  readonly name: string;
  /** host:port of the HTTP server. */
  readonly host: string;
  /** The camera's own clock, epoch milliseconds. */
  readonly nowEpochMs: number;
  /** Whether the camera can be turned. */
  readonly isTurnable: boolean;
};

/** Paths of the two services that every camera has. */
export const DEVICE_PATH = '/onvif/device_service';
/** The second of them. */
export const MEDIA_PATH = '/onvif/media_service';

/** Operations that are answered to strangers (ONVIF Core Specification, 5.9.4: access class PRE_AUTH). */
export const OPERATIONS_FOR_EVERYBODY: ReadonlySet<string> = new Set([
  'GetSystemDateAndTime',
  'GetCapabilities',
  'GetServices',
  'GetServiceCapabilities',
  'GetHostname',
]);

/** The scopes of a device, which say what it is and what it is called (ONVIF Core Specification, 7.3.2.2). */
export function deviceScopes(name: string): string[] {
  return [
    'onvif://www.onvif.org/type/video_encoder',
    'onvif://www.onvif.org/type/Network_Video_Transmitter',
    'onvif://www.onvif.org/Profile/Streaming',
    'onvif://www.onvif.org/hardware/rehearsal-camera',
    `onvif://www.onvif.org/name/${encodeURIComponent(name)}`,
    'onvif://www.onvif.org/location/rehearsal-hall',
  ];
}

/**
 * Answers an operation of the device service (ONVIF Core Specification, 8).
 * @returns the body of the answer, XML
 * @throws SoapFault `ter:ActionNotSupported`
 */
export function answerDeviceOperation(operation: XmlElement, device: DeviceIdentity): string {
  const answer = (content: string): string =>
    `<tds:${operation.name}Response>${content}</tds:${operation.name}Response>`;
  switch (operation.name) {
    case 'GetSystemDateAndTime':
      return answer(dateAndTime(device.nowEpochMs));
    case 'GetDeviceInformation':
      return answer(
        '<tds:Manufacturer>glasshall</tds:Manufacturer><tds:Model>rehearsal-camera</tds:Model>' +
          '<tds:FirmwareVersion>1.0</tds:FirmwareVersion>' +
          `<tds:SerialNumber>${escapeXml(device.id)}</tds:SerialNumber><tds:HardwareId>rehearsal</tds:HardwareId>`,
      );
    case 'GetCapabilities':
      return answer(capabilities(device));
    case 'GetServices':
      return answer(
        service('http://www.onvif.org/ver10/device/wsdl', `http://${device.host}${DEVICE_PATH}`) +
          service('http://www.onvif.org/ver10/media/wsdl', `http://${device.host}${MEDIA_PATH}`) +
          (device.isTurnable ? service('http://www.onvif.org/ver20/ptz/wsdl', `http://${device.host}${PTZ_PATH}`) : ''),
      );
    case 'GetServiceCapabilities':
      return answer(
        '<tds:Capabilities><tds:Network IPFilter="false" ZeroConfiguration="false" IPVersion6="false"/>' +
          '<tds:Security UsernameToken="true" HttpDigest="false"/><tds:System DiscoveryResolve="false"/></tds:Capabilities>',
      );
    case 'GetScopes':
      return answer(deviceScopes(device.name).map(scope).join(''));
    case 'GetHostname':
      return answer(
        '<tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP>' +
          `<tt:Name>${escapeXml(device.id)}</tt:Name></tds:HostnameInformation>`,
      );
    case 'GetNetworkInterfaces':
      return answer(NETWORK_INTERFACE);
    case 'GetNetworkProtocols':
      return answer(
        `<tds:NetworkProtocols><tt:Name>HTTP</tt:Name><tt:Enabled>true</tt:Enabled><tt:Port>${device.host.split(':')[1] ?? ''}</tt:Port></tds:NetworkProtocols>`,
      );
    default:
      throw new SoapFault('Sender', ['ter:ActionNotSupported'], `${operation.name} is not supported`);
  }
}

const NETWORK_INTERFACE =
  '<tds:NetworkInterfaces token="lo"><tt:Enabled>true</tt:Enabled>' +
  '<tt:Info><tt:Name>lo</tt:Name><tt:HwAddress>00:00:00:00:00:00</tt:HwAddress><tt:MTU>65536</tt:MTU></tt:Info>' +
  '<tt:IPv4><tt:Enabled>true</tt:Enabled><tt:Config><tt:Manual><tt:Address>127.0.0.1</tt:Address>' +
  '<tt:PrefixLength>8</tt:PrefixLength></tt:Manual><tt:DHCP>false</tt:DHCP></tt:Config></tt:IPv4></tds:NetworkInterfaces>';

function scope(item: string): string {
  return `<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>${item}</tt:ScopeItem></tds:Scopes>`;
}

function service(namespace: string, address: string): string {
  const version = '<tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version>';
  return `<tds:Service><tds:Namespace>${namespace}</tds:Namespace><tds:XAddr>${address}</tds:XAddr>${version}</tds:Service>`;
}

function capabilities({ host, isTurnable }: DeviceIdentity): string {
  return (
    `<tds:Capabilities><tt:Device><tt:XAddr>http://${host}${DEVICE_PATH}</tt:XAddr>` +
    '<tt:System><tt:DiscoveryResolve>false</tt:DiscoveryResolve><tt:DiscoveryBye>false</tt:DiscoveryBye>' +
    '<tt:RemoteDiscovery>false</tt:RemoteDiscovery><tt:SystemBackup>false</tt:SystemBackup>' +
    '<tt:SystemLogging>false</tt:SystemLogging><tt:FirmwareUpgrade>false</tt:FirmwareUpgrade>' +
    '<tt:SupportedVersions><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tt:SupportedVersions></tt:System></tt:Device>' +
    `<tt:Media><tt:XAddr>http://${host}${MEDIA_PATH}</tt:XAddr><tt:StreamingCapabilities>` +
    '<tt:RTPMulticast>false</tt:RTPMulticast><tt:RTP_TCP>true</tt:RTP_TCP><tt:RTP_RTSP_TCP>true</tt:RTP_RTSP_TCP>' +
    '</tt:StreamingCapabilities></tt:Media>' +
    (isTurnable ? `<tt:PTZ><tt:XAddr>http://${host}${PTZ_PATH}</tt:XAddr></tt:PTZ>` : '') +
    '</tds:Capabilities>'
  );
}

function dateAndTime(epochMs: number): string {
  const now = new Date(epochMs);
  return (
    '<tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>' +
    '<tt:TimeZone><tt:TZ>CST-8</tt:TZ></tt:TimeZone><tt:UTCDateTime>' +
    `<tt:Time><tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute>` +
    `<tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time>` +
    `<tt:Date><tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}</tt:Month>` +
    `<tt:Day>${now.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>`
  );
}
