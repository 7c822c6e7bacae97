/** By which way a command came: a protocol, or a part of the service that acts by itself. */
export type Way = 'obs' | 'http' | 'osc' | 'mqtt' | 'tour' | 'schedule' | 'service';

/** Who is behind a command. */
export type Actor = {
  /** Of the person, or of the tour or the rule that acts. */
  readonly name: string;
  /** `system`: no person, the service itself. */
  readonly role: 'viewer' | 'guard' | 'operator' | 'admin' | 'system';
  readonly via: Way;
  /** The address it came from, null for what comes from inside. */
  readonly from: string | null;
};

/** The service itself, such as after a reload of the configuration. */
export const SERVICE: Actor = { name: 'glasshall', role: 'system', via: 'service', from: null };
