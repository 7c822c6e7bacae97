import type { WallLanguage, WallLocale } from '../core/wall-locale.js';

/** How loud a slate's accent is: nothing is wrong yet, something is wrong, somebody decided so. */
export type SlateMood = 'waiting' | 'failing' | 'off';

type Wording = { readonly mood: SlateMood; readonly words: Readonly<Record<WallLanguage, string>> };

function wording(mood: SlateMood, chinese: string, english: string): Wording {
  return { mood, words: { 'zh-CN': chinese, en: english } };
}

const CONNECTING = wording('waiting', '正在连接…', 'Connecting…');
const HELD = wording('off', '画面定格', 'Picture held');
const NO_PICTURE = wording('failing', '暂无画面 · 正在重试', 'No picture · trying again');

/** By the stable code of the reason; what a passer-by can understand, without addresses or technical words. */
const REASONS: Readonly<Record<string, Wording>> = {
  refused: wording('failing', '摄像机拒绝连接 · 正在重试', 'Camera refuses · trying again'),
  unauthorised: wording('failing', '用户名或密码错误', 'Wrong user name or password'),
  timeout: wording('failing', '摄像机无应答 · 正在重试', 'Camera does not answer · trying again'),
  unreachable: wording('failing', '摄像机网络不通 · 正在重试', 'Camera out of reach · trying again'),
  'host-unreachable': wording('failing', '摄像机网络不通 · 正在重试', 'Camera out of reach · trying again'),
  'unknown-host': wording('failing', '找不到摄像机地址 · 正在重试', 'Camera address unknown · trying again'),
  ended: wording('failing', '画面已中断 · 正在重连', 'Picture ended · reconnecting'),
  'no-data': wording('failing', '画面已中断 · 正在重连', 'Picture ended · reconnecting'),
  'no-stream': wording('failing', '未找到画面 · 正在重试', 'No picture found · trying again'),
  'not-found': wording('failing', '未找到画面 · 正在重试', 'No picture found · trying again'),
  'no-profiles': wording('failing', '未找到画面 · 正在重试', 'No picture found · trying again'),
  'bad-address': wording('failing', '摄像机地址有误', 'Camera address is wrong'),
  changed: wording('waiting', '画面格式变化 · 正在重连', 'Picture changed · reconnecting'),
  unreadable: wording('failing', '画面无法解读 · 正在重试', 'Picture cannot be read · trying again'),
  unsupported: wording('failing', '不支持的画面格式', 'Picture format not supported'),
  'no-key-picture': wording('waiting', '正在等待完整画面…', 'Waiting for a whole picture…'),
  frozen: wording('failing', '画面静止 · 正在检查', 'Picture stands still · checking'),
  'no-picture': wording('failing', '画面中断 · 正在恢复', 'Picture lost · recovering'),
  recovering: wording('waiting', '画面正在恢复…', 'Picture is coming back…'),
  // Of an image's file.
  'image-missing': wording('failing', '图片文件不存在', 'Image file is missing'),
  'image-no-access': wording('failing', '图片文件无法读取', 'Image file may not be read'),
  'image-too-large': wording('failing', '图片过大', 'Image is too large'),
  'image-unreadable': wording('failing', '图片无法解读', 'Image cannot be read'),
};

const STATES: Readonly<Record<string, Wording>> = {
  connecting: CONNECTING,
  // What stands by while all is well is seen when even the news of the failure is lost.
  live: wording('failing', '画面中断 · 正在恢复', 'Picture lost · recovering'),
  stale: wording('failing', '画面中断 · 正在恢复', 'Picture lost · recovering'),
  frozen: wording('failing', '画面静止 · 正在检查', 'Picture stands still · checking'),
  retrying: NO_PICTURE,
  off: wording('off', '未启用', 'Switched off'),
  // Of the whole wall.
  restarting: wording('waiting', '画面正在恢复…', 'The picture is coming back…'),
  closed: wording('off', '展示已关闭', 'This display is closed'),
  held: HELD,
  waking: wording('waiting', '即将开放', 'Opening soon'),
};

/** Stands where a count is missing or too old: never a number. */
const NO_DATA: Readonly<Record<WallLanguage, string>> = { 'zh-CN': '暂无数据', en: 'No data' };
const LAST_DATA: Readonly<Record<WallLanguage, string>> = { 'zh-CN': '最后数据', en: 'Last data' };
const IMAGE: Readonly<Record<WallLanguage, string>> = { 'zh-CN': '图片', en: 'Image' };
const LAST_PICTURE: Readonly<Record<WallLanguage, string>> = { 'zh-CN': '最后画面', en: 'Last picture' };

/**
 * What a slate says for a camera's state and reason, both stable codes. A reason without words of its own says what its
 * state says, so that no code ever reaches the wall. The first part is enough where there is no room for all.
 */
export function slateWords(
  state: string,
  reason: string | null,
  language: WallLanguage = 'zh-CN',
): { readonly mood: SlateMood; readonly parts: readonly string[] } {
  const byState = Object.hasOwn(STATES, state) ? STATES[state] : undefined;
  const byReason = reason !== null && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  const isDecidedByState = state === 'off' || (state === 'connecting' && byReason?.mood !== 'waiting');
  const found = (isDecidedByState ? byState : byReason) ?? byState ?? NO_PICTURE;
  return { mood: found.mood, parts: found.words[language].split(' · ') };
}

/** The line that says when the last picture came. @param atMs epoch milliseconds */
export function lastPictureWords(atMs: number, { timeZone, language }: WallLocale): string {
  return `${LAST_PICTURE[language]} ${timeOfDay(atMs, timeZone)}`;
}

/** What a wall that stands still on purpose says of itself. @param atMs epoch milliseconds from which it stands */
export function freezeWords(atMs: number, { timeZone, language }: WallLocale): string {
  return `${HELD.words[language]} ${timeOfDay(atMs, timeZone)}`;
}

/** What a board says in the place of a value that it does not have. */
export function noDataWords(language: WallLanguage): string {
  return NO_DATA[language];
}

/** When the counts that a board misses were last there. @param atMs epoch milliseconds */
export function lastDataWords(atMs: number, { timeZone, language }: WallLocale): string {
  return `${LAST_DATA[language]} ${timeOfDay(atMs, timeZone)}`;
}

/** The name of a picture that stands still, so that nobody takes it for a camera. */
export function imageWords(name: string, language: WallLanguage): string {
  return `${IMAGE[language]} · ${name}`;
}

function timeOfDay(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(atMs);
}
