/** What an output writes of its device's memory or address space: two outputs that write the same there would fight. */
export type AddressSpan = {
  /** The protocol and the address: outputs of the same text write to the same device. */
  readonly device: string;
  readonly unit: 'byte' | 'universe' | 'port' | 'row';
  readonly from: number;
  /** One more than the last. */
  readonly to: number;
  /** One more than the last that can be addressed. */
  readonly limit: number;
  /** The option that moves it; null where nothing does. */
  readonly option: 'offset' | 'universe' | 'port' | null;
};
