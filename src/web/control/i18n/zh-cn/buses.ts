export const buses = {
  preview: '预监 PVW',
  program: '播出 PGM',
  previewShort: '预监',
  programShort: '播出',
  sameAsProgram: '与播出相同',
  waiting: '等待画面…',
  pictureAge: (duration: string): string => `画面停在 ${duration}前`,
  previewAlt: (layout: string): string => `预监画面：${layout}`,
  programAlt: (layout: string): string => `播出画面：${layout}`,
  blackout: '黑场：墙面全黑',
  studioOff: '预监已关闭：点选布局立即播出。',
  studioOn: '打开预监',
};
