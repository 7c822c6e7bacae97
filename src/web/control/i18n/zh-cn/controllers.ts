export const controllers = {
  states: {
    waiting: '等待首次应答',
    answering: '状态已回读',
    unconfirmed: '接受命令，不回报状态',
    unreadable: '有应答，无法识别',
    unreachable: '不可达',
  },
  is: { black: '大屏黑屏，应显示画面', freeze: '大屏画面被冻结', 'test-picture': '大屏显示控制器自带的测试图' },
  isNot: {
    black: '大屏未黑屏，应为黑屏',
    freeze: '大屏未冻结，应冻结',
    input: '控制器没有视频信号',
    link: '控制器与箱体断开',
  },
  figures: {
    brightness: (wanted: number, found: number): string => `亮度 ${found}%，应为 ${wanted}%`,
    cabinets: (wanted: number, found: number): string => `${wanted} 个箱体中只有 ${found} 个应答`,
    temperature: (limit: number, found: number): string => `箱体温度 ${found} °C，上限 ${limit} °C`,
    voltage: (limit: number, found: number): string => `箱体电压 ${found} V，下限 ${limit} V`,
  },
  black: '黑屏',
  frozen: '冻结',
  brightness: (percent: string): string => `亮度 ${percent}%`,
  cabinets: (ok: string, total: string): string => `箱体 ${ok}/${total}`,
};
