import { BlockList, isIP, isIPv4 } from "node:net";

/** Peers whose word on the visitor is believed. */
export interface TrustedProxies {
  /** Whether that is whoever connects. */
  anyone: boolean;
  /** Whether this peer is one; that of a Unix socket has no address. */
  has(address: string | undefined): boolean;
}

export const NOBODY: TrustedProxies = { anyone: false, has: () => false };
export const ANYONE: TrustedProxies = { anyone: true, has: () => true };

const EVERYWHERE = /^(0\.0\.0\.0|::)\/0$/;

/**
 * The proxies of a list such as "127.0.0.1,10.0.0.0/8,::1": "1", "true" or a network of all addresses
 * trusts whoever connects, "0" or "false" nobody. Null where the list makes no sense.
 */
export function trustedProxies(list: string): TrustedProxies | null {
  if (list === "0" || list === "false") return NOBODY;
  if (list === "1" || list === "true") return ANYONE;
  const known = new BlockList();
  const entries = list.split(",").map((entry) => entry.trim());
  for (const entry of entries) if (!add(known, entry)) return null;
  if (entries.some((entry) => EVERYWHERE.test(entry))) return ANYONE;
  return { anyone: false, has: (address) => address === undefined || holds(known, address) };
}

/** Whoever comes by a Unix socket may open its file, and is believed for that. */
function holds(known: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  const kind = isIP(plain);
  return kind !== 0 && known.check(plain, kind === 4 ? "ipv4" : "ipv6");
}

function add(known: BlockList, entry: string): boolean {
  const [address = "", bits, ...more] = entry.split("/");
  if (isIP(address) === 0 || more.length > 0) return false;
  const family = isIPv4(address) ? "ipv4" : "ipv6";
  if (bits === undefined) {
    known.addAddress(address, family);
    return true;
  }
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > (family === "ipv4" ? 32 : 128)) return false;
  known.addSubnet(address, Number(bits), family);
  return true;
}
