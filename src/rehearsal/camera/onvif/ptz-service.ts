import { MOST_PRESETS, type HeadPosition, type PanTiltHead } from '../ptz/pan-tilt-head.js';
import { SoapFault } from './soap.js';
import { escapeXml, findElement, textOf, type XmlElement } from './xml.js';

export const PTZ_PATH = '/onvif/ptz_service';

const SPACE = 'http://www.onvif.org/ver10/tptz';
/** What a ContinuousMove without a time limit gets (the DefaultPTZTimeout of the configuration). */
const DEFAULT_TIMEOUT_MS = 5_000;
const PROFILES: ReadonlySet<string> = new Set(['main', 'sub']);

/** What a profile of the media service says of the head. */
export function ptzConfiguration(element: string): string {
  return (
    `<${element} token="ptz"><tt:Name>PTZ</tt:Name><tt:UseCount>2</tt:UseCount><tt:NodeToken>node</tt:NodeToken>` +
    `<tt:DefaultContinuousPanTiltVelocitySpace>${SPACE}/PanTiltSpaces/VelocityGenericSpace</tt:DefaultContinuousPanTiltVelocitySpace>` +
    `<tt:DefaultContinuousZoomVelocitySpace>${SPACE}/ZoomSpaces/VelocityGenericSpace</tt:DefaultContinuousZoomVelocitySpace>` +
    `<tt:DefaultPTZTimeout>PT${DEFAULT_TIMEOUT_MS / 1_000}S</tt:DefaultPTZTimeout></${element}>`
  );
}

/**
 * Answers an operation of the PTZ service (ONVIF PTZ Service Specification, 5).
 * @returns the body of the answer, XML
 * @throws SoapFault `ter:ActionNotSupported`, `ter:NoProfile`, `ter:NoToken`, `ter:TooManyPresets`, `ter:InvalidVelocity` …
 */
export function answerPtzOperation(operation: XmlElement, head: PanTiltHead, utc: string): string {
  const answer = (content = ''): string =>
    `<tptz:${operation.name}Response>${content}</tptz:${operation.name}Response>`;
  switch (operation.name) {
    case 'GetServiceCapabilities':
      return answer('<tptz:Capabilities EFlip="false" Reverse="false" MoveStatus="true" StatusPosition="true"/>');
    case 'GetNodes':
      return answer(node('tptz:PTZNode'));
    case 'GetNode':
      return answer(node('tptz:PTZNode'));
    case 'GetConfigurations':
    case 'GetConfiguration':
      return answer(ptzConfiguration('tptz:PTZConfiguration'));
    case 'GetConfigurationOptions':
      return answer(
        `<tptz:PTZConfigurationOptions><tt:Spaces>${spaces()}</tt:Spaces>` +
          '<tt:PTZTimeout><tt:Min>PT1S</tt:Min><tt:Max>PT60S</tt:Max></tt:PTZTimeout></tptz:PTZConfigurationOptions>',
      );
  }
  if (!PROFILES.has(textOf(operation, 'ProfileToken'))) {
    throw new SoapFault('Sender', ['ter:InvalidArgVal', 'ter:NoProfile'], 'ProfileToken names nothing');
  }
  switch (operation.name) {
    case 'GetStatus':
      return answer(status(head, utc));
    case 'ContinuousMove':
      head.turn(velocityOf(operation), timeoutOf(operation));
      return answer();
    case 'AbsoluteMove':
      head.goTo({ ...head.position, ...vectorOf(findElement(operation, 'Position'), 'ter:InvalidPosition') });
      return answer();
    case 'Stop':
      head.stop({ panTilt: isWanted(operation, 'PanTilt'), zoom: isWanted(operation, 'Zoom') });
      return answer();
    case 'GotoHomePosition':
      head.goHome();
      return answer();
    case 'SetHomePosition':
      head.setHome();
      return answer();
    case 'GetPresets':
      return answer(head.presets.map(({ token, name, position }) => preset(token, name, position)).join(''));
    case 'SetPreset':
      return answer(`<tptz:PresetToken>${savePreset(operation, head)}</tptz:PresetToken>`);
    case 'GotoPreset': {
      const found = head.preset(textOf(operation, 'PresetToken'));
      if (found === null) throw noToken();
      head.goTo(found.position);
      return answer();
    }
    case 'RemovePreset':
      if (!head.removePreset(textOf(operation, 'PresetToken'))) throw noToken();
      return answer();
    default:
      throw new SoapFault('Sender', ['ter:ActionNotSupported'], `${operation.name} is not supported`);
  }
}

function noToken(): SoapFault {
  return new SoapFault('Sender', ['ter:InvalidArgVal', 'ter:NoToken'], 'PresetToken names nothing');
}

function savePreset(operation: XmlElement, head: PanTiltHead): string {
  const [name, token] = [textOf(operation, 'PresetName'), textOf(operation, 'PresetToken')];
  if (token !== '' && head.preset(token) === null) throw noToken();
  const saved = head.savePreset(name === '' ? null : name, token === '' ? null : token);
  if (saved !== null) return saved;
  throw new SoapFault('Receiver', ['ter:Action', 'ter:TooManyPresets'], `${MOST_PRESETS} are kept`);
}

/** Absent means yes (PTZ Service Specification, 5.3.5). */
function isWanted(operation: XmlElement, axis: string): boolean {
  return textOf(operation, axis) !== 'false';
}

function velocityOf(operation: XmlElement): Partial<HeadPosition> {
  return vectorOf(findElement(operation, 'Velocity'), 'ter:InvalidVelocity');
}

/** What a PTZVector or PTZSpeed mentions. */
function vectorOf(vector: XmlElement | undefined, fault: string): Partial<HeadPosition> {
  const read = (element: XmlElement, name: string): number => {
    const value = Number(element.attributes.get(name) ?? NaN);
    if (Math.abs(value) <= 1) return value;
    throw new SoapFault('Sender', ['ter:InvalidArgVal', fault], `${name} is not −1 to 1`);
  };
  const [panTilt, zoom] = vector === undefined ? [] : [findElement(vector, 'PanTilt'), findElement(vector, 'Zoom')];
  return {
    ...(panTilt === undefined ? {} : { pan: read(panTilt, 'x'), tilt: read(panTilt, 'y') }),
    ...(zoom === undefined ? {} : { zoom: read(zoom, 'x') }),
  };
}

/** An xs:duration of seconds, such as `PT2S`. */
function timeoutOf(operation: XmlElement): number {
  const text = textOf(operation, 'Timeout');
  if (text === '') return DEFAULT_TIMEOUT_MS;
  const seconds = /^PT(\d+(?:\.\d+)?)S$/.exec(text)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1_000;
  throw new SoapFault('Sender', ['ter:InvalidArgVal', 'ter:TimeoutNotSupported'], 'Timeout is not understood');
}

function status(head: PanTiltHead, utc: string): string {
  const moving = head.isMoving ? 'MOVING' : 'IDLE';
  return (
    `<tptz:PTZStatus>${position('tt:Position', head.position)}<tt:MoveStatus><tt:PanTilt>${moving}</tt:PanTilt>` +
    `<tt:Zoom>${moving}</tt:Zoom></tt:MoveStatus><tt:UtcTime>${utc}</tt:UtcTime></tptz:PTZStatus>`
  );
}

function preset(token: string, name: string, at: HeadPosition): string {
  return `<tptz:Preset token="${escapeXml(token)}"><tt:Name>${escapeXml(name)}</tt:Name>${position('tt:PTZPosition', at)}</tptz:Preset>`;
}

function position(element: string, { pan, tilt, zoom }: HeadPosition): string {
  return `<${element}><tt:PanTilt x="${pan.toFixed(4)}" y="${tilt.toFixed(4)}"/><tt:Zoom x="${zoom.toFixed(4)}"/></${element}>`;
}

function node(element: string): string {
  return (
    `<${element} token="node" FixedHomePosition="false"><tt:Name>Head</tt:Name>` +
    `<tt:SupportedPTZSpaces>${spaces()}</tt:SupportedPTZSpaces>` +
    `<tt:MaximumNumberOfPresets>${MOST_PRESETS}</tt:MaximumNumberOfPresets><tt:HomeSupported>true</tt:HomeSupported></${element}>`
  );
}

function spaces(): string {
  const range = (axis: string, from: number): string =>
    `<tt:${axis}Range><tt:Min>${from}</tt:Min><tt:Max>1</tt:Max></tt:${axis}Range>`;
  const plane = (kind: string, name: string): string =>
    `<tt:${kind}><tt:URI>${SPACE}/PanTiltSpaces/${name}</tt:URI>${range('X', -1)}${range('Y', -1)}</tt:${kind}>`;
  const line = (kind: string, name: string, from: number): string =>
    `<tt:${kind}><tt:URI>${SPACE}/ZoomSpaces/${name}</tt:URI>${range('X', from)}</tt:${kind}>`;
  return (
    plane('AbsolutePanTiltPositionSpace', 'PositionGenericSpace') +
    line('AbsoluteZoomPositionSpace', 'PositionGenericSpace', 0) +
    plane('ContinuousPanTiltVelocitySpace', 'VelocityGenericSpace') +
    line('ContinuousZoomVelocitySpace', 'VelocityGenericSpace', -1)
  );
}
