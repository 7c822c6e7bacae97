import { z } from 'zod';
import { role } from '../role.js';

const brokerAddress = z.string().superRefine((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(url.protocol)) {
    context.addIssue({ code: 'custom', message: 'give an address such as mqtt://192.168.10.5:1883 or mqtts://…' });
  } else if (url.username !== '' || url.password !== '') {
    context.addIssue({
      code: 'custom',
      message: 'user name and password do not belong into the address: give them apart',
    });
  }
});

/** A broker (MQTT 3.1.1) that is told the wall's state, and from which commands are taken. Off unless it is configured. */
export const mqttOptions = z.strictObject({
  url: brokerAddress,
  username: z.string().optional(),
  password: z.string().optional().describe('Give it as "${NAME}" from the environment'),
  /** Everything is below it. */
  topic: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*$/, 'letters, digits, - and _, in levels with / between them')
    .default('glasshall'),
  /** What whoever may write to the broker may do; `viewer`: nothing. */
  role: role.default('operator'),
  /** Prefix under which Home Assistant looks for devices; null: it is told nothing. */
  homeAssistant: z
    .string()
    .regex(/^[\w-]+$/)
    .nullable()
    .default(null),
});

export type MqttOptions = z.output<typeof mqttOptions>;
