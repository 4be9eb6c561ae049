import type { Ages, Crowd, Signal, Suspect } from "./fraud-facts.ts";
import { binomialBits, ramp } from "./fraud-figures.ts";

/** Fans of average age that are taken to be elsewhere, so that an empty show proves nothing fast. */
const PRIOR: Ages = { fans: 10, young: 5 };

/** The network most members come from; null where none is known. */
function commonNetwork(members: readonly Suspect[]): { network: string; members: Suspect[] } | null {
  const groups = Map.groupBy(members.filter((member) => member.network !== null), (member) => member.network!);
  const [largest] = [...groups].sort((a, b) => b[1].length - a[1].length);
  return largest ? { network: largest[0], members: largest[1] } : null;
}

/**
 * New accounts from one network. It weighs the network's new accounts against its old ones, and that
 * against the show elsewhere: where people stand together behind one address, old and new are mixed.
 */
export function networkSignal(members: readonly Suspect[], crowd: Crowd): Signal | null {
  const common = commonNetwork(members);
  const ages = common && crowd.networks.get(common.network);
  if (!common || !ages) return null;
  const elsewhere = shareElsewhere(crowd, ages);
  const strength = youth(ages, elsewhere) * ramp(common.members.length / members.length, 0.3, 0.8);
  return { kind: "network", strength, ...ages, elsewhere };
}

/** Many new accounts among the members against the share on the show elsewhere. */
export function newAccountsSignal(members: readonly Suspect[], crowd: Crowd): Signal {
  const ages = { fans: members.length, young: members.filter((member) => member.young).length };
  const counted = members.filter((member) => !member.held);
  const inCrowd = { fans: counted.length, young: counted.filter((member) => member.young).length };
  const elsewhere = shareElsewhere(crowd, inCrowd);
  return { kind: "new_accounts", strength: youth(ages, elsewhere), ...ages, elsewhere };
}

function shareElsewhere(crowd: Ages, without: Ages): number {
  return (crowd.young - without.young + PRIOR.young) / (crowd.fans - without.fans + PRIOR.fans);
}

/** Mostly new, and by so many that the show's share of new accounts does not explain it. */
function youth({ fans, young }: Ages, elsewhere: number): number {
  return ramp(young / fans, 0.7, 0.95) * ramp(binomialBits(young, fans, elsewhere), 10, 40);
}
