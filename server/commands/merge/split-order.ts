import type { Provider } from "../../domain/provider-records.ts";

/** An identity that becomes one of its own. */
export interface SplitOrder {
  provider: Provider;
  providerId: string;
  /** Whose identity it is now. */
  id: number;
}
