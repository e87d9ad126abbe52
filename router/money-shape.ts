import { z } from 'zod';

/** An amount as the graph writes it. */
export const moneyShape = z.object({ amount: z.string(), currency: z.string() });
