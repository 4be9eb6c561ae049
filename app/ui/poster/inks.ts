/** A print run: the stock it is printed on, three inks, and the ink for words on the stock. */
export interface Inks {
  stock: string;
  a: string;
  b: string;
  c: string;
  words: string;
}

export const INKS: readonly [Inks, ...Inks[]] = [
  { stock: "#1d1a4b", a: "#ff5d5d", b: "#ffc145", c: "#6f6bff", words: "#fff6e3" },
  { stock: "#f3e3c3", a: "#e4472b", b: "#1f2a44", c: "#f0a52b", words: "#1f2a44" },
  { stock: "#0e3b3a", a: "#f6c453", b: "#ef6f4a", c: "#2f8f83", words: "#fdf2dc" },
  { stock: "#ff6b4a", a: "#2a1145", b: "#ffd8a8", c: "#c4245e", words: "#24103b" },
  { stock: "#141414", a: "#f4f1ea", b: "#ff3d2e", c: "#5b5b5b", words: "#f4f1ea" },
  { stock: "#c9dfe8", a: "#183a6b", b: "#f2583e", c: "#f7f3e6", words: "#142f57" },
  { stock: "#3b0f3a", a: "#ff7ab6", b: "#ffb000", c: "#7d2b7a", words: "#ffeaf3" },
  { stock: "#ffc93c", a: "#1a1a1a", b: "#e23e57", c: "#fff3cf", words: "#1a1a1a" },
  { stock: "#12372a", a: "#b9e769", b: "#fbfada", c: "#3f7d58", words: "#fbfada" },
  { stock: "#e9e4f5", a: "#5b2a86", b: "#ff8552", c: "#a99bd8", words: "#3a1a58" },
  { stock: "#10254d", a: "#7fd1e8", b: "#f9f3e4", c: "#e8505b", words: "#f9f3e4" },
  { stock: "#f7cfd0", a: "#b3122f", b: "#23395b", c: "#fff4ea", words: "#7d0c20" },
];
