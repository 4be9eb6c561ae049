import { africanArtists } from "./artists-africa.ts";
import { britishAndIrishArtists } from "./artists-britain-ireland.ts";
import { europeanArtists } from "./artists-continental-europe.ts";
import { eastAsianArtists } from "./artists-east-asia.ts";
import { indiaAndOceaniaArtists } from "./artists-india-oceania.ts";
import { latinAmericanArtists } from "./artists-latin-america.ts";
import { nordicArtists } from "./artists-nordic.ts";
import { northAmericanBands } from "./artists-us-canada-bands.ts";
import { northAmericanPopArtists } from "./artists-us-canada-pop.ts";
import type { CatalogueArtist } from "./types.ts";

export const artists: readonly CatalogueArtist[] = [
  ...africanArtists,
  ...britishAndIrishArtists,
  ...europeanArtists,
  ...eastAsianArtists,
  ...indiaAndOceaniaArtists,
  ...latinAmericanArtists,
  ...nordicArtists,
  ...northAmericanBands,
  ...northAmericanPopArtists,
];
