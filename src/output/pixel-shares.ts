/** Output id → the share of full light that its pixels are sent with, 0 to 1. An output that is not in it is fully lit. */
export type PixelShares = Readonly<Record<string, number>>;
