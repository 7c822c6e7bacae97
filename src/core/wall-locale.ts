/** The languages that the wall writes in. */
export const WALL_LANGUAGES = ['zh-CN', 'en'] as const;
export type WallLanguage = (typeof WALL_LANGUAGES)[number];

/** What the words and times on the wall depend on. */
export type WallLocale = {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  readonly language: WallLanguage;
};
