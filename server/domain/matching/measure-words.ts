const HOUR_MIN = 60;
const MINUTE_S = 60;

/** "In the same place", "60 m apart", "1.4 km apart", "120 km apart". */
export function apartWords(km: number): string {
  if (km < 0.01) return "In the same place";
  if (km < 1) return `${Math.round(km * 100) * 10} m apart`;
  return `${km < 10 ? Math.round(km * 10) / 10 : Math.round(km)} km apart`;
}

/** "45 min", "5 h", "1 h 30 min". */
export function minutesWords(minutes: number): string {
  return inTwo(minutes, HOUR_MIN, "h", "min");
}

/** "45 s", "2 min", "2 min 15 s". */
export function secondsWords(seconds: number): string {
  return inTwo(seconds, MINUTE_S, "min", "s");
}

function inTwo(amount: number, size: number, big: string, small: string): string {
  const [whole, rest] = [Math.floor(amount / size), amount % size];
  if (whole === 0) return `${rest} ${small}`;
  return rest === 0 ? `${whole} ${big}` : `${whole} ${big} ${rest} ${small}`;
}
