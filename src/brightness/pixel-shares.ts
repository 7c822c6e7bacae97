/** Output id → the share of full light that its pixels are sent with, 0 to 1. */
export type PixelShares = Readonly<Record<string, number>>;

/**
 * How much each output's pixels are dimmed. Where the controller is told the brightness, not at all: eight bits of which
 * three per cent are left have hardly any shades.
 */
export function pixelShares(
  percent: number,
  outputs: readonly string[],
  dimmedByController: readonly string[],
): PixelShares {
  return Object.fromEntries(outputs.map((id) => [id, dimmedByController.includes(id) ? 1 : percent / 100]));
}
