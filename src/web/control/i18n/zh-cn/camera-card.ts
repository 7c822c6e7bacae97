export const cameraCard = {
  open: (name: string): string => `查看${name}`,
  alt: (name: string): string => `${name}的实时画面`,
  state: '状态',
  stream: '码流',
  picture: '画面',
  live: (delay: string): string => `全帧率实时，延迟 ${delay}`,
  liveUnknown: '全帧率实时',
  still: '每秒 5 帧预览',
  opening: '正在打开全帧率画面…',
  why: {
    'no-stream': '摄像机现在没有视频流',
    unsupported: '浏览器不能直接播放此编码，只显示预览',
    'unknown-camera': '没有这台摄像机',
  },
  age: (duration: string): string => `画面停在 ${duration}前`,
  milliseconds: (count: number): string => `${count} 毫秒`,
  seconds: (count: string): string => `${count} 秒`,
};
