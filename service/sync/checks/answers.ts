import { z } from 'zod';

export const checksAnswer = z.object({
  checks: z.array(
    z.object({
      /** Stable name for the screen, such as "cors" or "field Account.OwnerId". */
      name: z.string(),
      title: z.string(),
      state: z.enum(['ok', 'warn', 'bad']),
      what: z.string(),
      /** "Setup → …"; null where nothing is to be done. */
      click: z.string().nullable(),
    }),
  ),
  /** The worst of all. */
  state: z.enum(['ok', 'warn', 'bad']),
  at: z.string(),
});
