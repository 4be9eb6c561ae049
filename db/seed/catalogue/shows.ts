import type { CatalogueShow } from "./types.ts";

type Stop = readonly [
  venue: string,
  daysFromToday: number,
  startTime: string | null,
  state?: "cancelled" | "locked",
];

function run(artist: string, tour: string | null, stops: readonly Stop[]): CatalogueShow[] {
  return stops.map(([venue, daysFromToday, startTime, state]) => ({
    artist,
    venue,
    daysFromToday,
    startTime,
    tour,
    ...(state ? { state } : {}),
  }));
}

export const shows: readonly CatalogueShow[] = [
  ...run("Arctic Monkeys", "After Hours Mirrorball", [
    ["Spark Arena", -52, "20:00"],
    ["Forum Melbourne", -47, "19:30"],
    ["The O2", 5, "20:00"],
    ["3Arena", 8, "20:00"],
  ]),
  ...run("Radiohead", null, [
    ["Palau Sant Jordi", 21, "20:30"],
    ["Unipol Forum", 25, "20:30"],
    ["Waldbühne", 140, "19:30"],
  ]),
  ...run("Coldplay", "Paint the Sky", [
    ["Allianz Parque", -96, "20:30"],
    ["FNB Stadium", 44, "19:00"],
    ["NSCI Dome", 51, "19:30"],
  ]),
  ...run("Little Simz", "Small Rooms, Big Words", [
    ["O2 Academy Brixton", 0, "20:00"],
    ["Ancienne Belgique", 6, "20:00"],
    ["Paradiso", 9, "20:30"],
  ]),
  ...run("Jamie xx", null, [
    ["Paradiso", -33, "23:00"],
    ["Zepp DiverCity", 37, "21:00"],
  ]),
  ...run("Iron Maiden", "Eddie's Grand Voyage", [
    ["Nippon Budokan", -71, "18:30"],
    ["Avicii Arena", 58, "20:00"],
    ["Oslo Spektrum", 61, "20:00"],
    ["Waldbühne", 152, "19:00"],
  ]),
  ...run("Ezra Collective", "Joy Is Loud", [
    ["Village Vanguard", -18, "21:00"],
    ["Ronnie Scott's", 0, "22:30"],
    ["Ronnie Scott's", 1, "22:30"],
  ]),
  ...run("IDLES", null, [
    ["Barrowland Ballroom", -8, "19:30"],
    ["First Avenue", 17, "20:00"],
    ["The Fillmore", 22, "20:00"],
  ]),
  ...run("Fontaines D.C.", "Northside Nights", [
    ["3Arena", 3, "19:30"],
    ["Barrowland Ballroom", 6, "19:30"],
    ["Circo Voador", 73, "21:00"],
  ]),
  ...run("Hozier", "Peat and Thunder", [
    ["Red Rocks Amphitheatre", -88, "19:30"],
    ["3Arena", 28, "20:00"],
    ["Harpa", 33, "20:00"],
  ]),
  ...run("Michael Kiwanuka", null, [
    ["L'Olympia", 12, "20:00"],
    ["Massey Hall", 90, "20:00"],
  ]),
  ...run("Kendrick Lamar", "Crown and Compton", [
    ["Hollywood Bowl", 0, "20:30"],
    ["Madison Square Garden", 10, "20:00"],
    ["Accor Arena", 66, "20:00", "locked"],
  ]),
  ...run("Billie Eilish", "Blue Room", [
    ["Madison Square Garden", -24, "19:30"],
    ["Neal S. Blaisdell Arena", 4, "20:00"],
    ["KSPO Dome", 31, "19:00"],
  ]),
  ...run("SZA", null, [
    ["Madison Square Garden", 40, "20:00"],
    ["The O2", 77, "19:30"],
  ]),
  ...run("The Weeknd", "Midnight Frequency", [
    ["Allianz Parque", -12, "21:00"],
    ["Palacio de los Deportes", 118, "21:00"],
    ["Coliseo de Puerto Rico", 123, null],
  ]),
  ...run("Olivia Rodrigo", "Handwritten", [
    ["The Star Theatre", -40, "20:00"],
    ["Spark Arena", 19, "19:30"],
    ["Hollywood Bowl", 128, "19:30"],
  ]),
  ...run("Janelle Monáe", null, [
    ["First Avenue", 2, "20:00"],
    ["Massey Hall", 5, "20:00"],
  ]),
  ...run("Leon Bridges", "Golden Porch", [
    ["Ryman Auditorium", 0, "19:30"],
    ["Red Rocks Amphitheatre", 165, "20:00"],
  ]),
  ...run("Run the Jewels", null, [
    ["The Fillmore", 7, "20:30"],
    ["O2 Academy Brixton", 82, "20:00"],
  ]),
  ...run("Kacey Musgraves", "Slow Sunset", [
    ["Ryman Auditorium", 13, "19:30"],
    ["Ryman Auditorium", 14, "19:30"],
    ["Ryman Auditorium", 15, "19:30"],
    ["Ryman Auditorium", 16, "19:30"],
  ]),
  ...run("Chris Stapleton", "Whiskey and Wires", [
    ["Red Rocks Amphitheatre", -64, "19:00"],
    ["Ryman Auditorium", 29, "19:30"],
    ["Hollywood Bowl", 150, "20:00"],
  ]),
  ...run("Allison Russell", null, [
    ["Massey Hall", 24, "20:00"],
    ["Barrowland Ballroom", 104, "19:30", "cancelled"],
  ]),
  ...run("Metallica", "Seventy-Two Again", [
    ["Red Rocks Amphitheatre", -110, "19:00"],
    ["NSCI Dome", 70, "19:00"],
    ["Accor Arena", 132, "19:30"],
  ]),
  ...run("Green Day", null, [
    ["Forum Melbourne", 26, "20:00"],
    ["FNB Stadium", 92, "18:30"],
  ]),
  ...run("Paramore", "Brick by Brick", [
    ["Movistar Arena", 39, "20:30"],
    ["Palacio de los Deportes", 43, "20:30"],
  ]),
  ...run("The National", "Slow Lights", [
    ["Sydney Opera House", -29, "20:00"],
    ["Massey Hall", 0, "20:00"],
    ["First Avenue", 47, "20:00"],
  ]),
  ...run("Vampire Weekend", null, [
    ["Zepp DiverCity", -15, "19:00"],
    ["The Fillmore", 0, "21:30"],
    ["Hollywood Bowl", 35, "20:00"],
  ]),
  ...run("Big Thief", null, [
    ["Paradiso", 18, "20:00"],
    ["Ancienne Belgique", 20, "20:00"],
  ]),
  ...run("Khruangbin", "Three Rooms, One Groove", [
    ["Circo Voador", 53, "22:00"],
    ["Teatro Gran Rex", 57, "21:00"],
    ["Red Rocks Amphitheatre", 172, "20:00"],
  ]),
  ...run("LCD Soundsystem", null, [
    ["O2 Academy Brixton", 48, "20:30"],
    ["O2 Academy Brixton", 49, "20:30"],
    ["L'Olympia", 52, "20:00", "locked"],
  ]),
  ...run("Kamasi Washington", "Ascension Rooms", [
    ["Ronnie Scott's", -21, "20:30"],
    ["Village Vanguard", 0, "22:30"],
    ["Village Vanguard", 1, "22:30"],
  ]),
  ...run("Alvvays", null, [
    ["Massey Hall", -6, "20:00"],
    ["First Avenue", 4, "20:00"],
    ["Zepp DiverCity", 62, "19:00"],
  ]),
  ...run("Deftones", null, [
    ["Palacio de los Deportes", 11, "20:30"],
    ["Neal S. Blaisdell Arena", 27, "19:30"],
  ]),
  ...run("Sigur Rós", "Harpa Nights", [
    ["Harpa", 0, "20:00"],
    ["Harpa", 1, "20:00"],
    ["Sydney Opera House", 84, "20:00"],
    ["Sydney Opera House", 85, "20:00"],
  ]),
  ...run("Björk", "Glacial", [
    ["Harpa", -3, "20:00"],
    ["L'Olympia", 38, "20:30"],
    ["Nippon Budokan", 112, null],
  ]),
  ...run("Rosalía", "Luz de Barrio", [
    ["Palau Sant Jordi", 0, "21:30"],
    ["Accor Arena", 7, "20:30"],
    ["Teatro Gran Rex", 94, "21:00"],
  ]),
  ...run("Stromae", null, [
    ["Ancienne Belgique", 41, "20:00"],
    ["Accor Arena", 46, "20:00"],
    ["Massey Hall", 107, "20:00", "cancelled"],
  ]),
  ...run("Rammstein", "Funkenflug", [
    ["Palacio de los Deportes", -78, "20:30"],
    ["Waldbühne", 144, "20:00"],
    ["Avicii Arena", 148, "20:00"],
  ]),
  ...run("Kraftwerk", null, [
    ["Paradiso", 30, "20:00"],
    ["Nippon Budokan", 55, "19:00"],
  ]),
  ...run("Gojira", null, [
    ["Oslo Spektrum", -10, "19:30"],
    ["L'Olympia", 15, "19:30"],
    ["Circo Voador", 98, "21:00"],
  ]),
  ...run("Phoenix", "Versailles After Dark", [
    ["L'Olympia", 0, "20:00"],
    ["The Fillmore", 59, "20:00"],
  ]),
  ...run("Robyn", null, [
    ["Avicii Arena", 2, "20:00"],
    ["Oslo Spektrum", 36, "20:00"],
  ]),
  ...run("Ghost", "Ritual in Velvet", [
    ["Avicii Arena", -44, "19:30"],
    ["Unipol Forum", 16, "20:00"],
    ["The O2", 24, "19:30"],
  ]),
  ...run("AURORA", "Northern Choir", [
    ["Oslo Spektrum", 5, "19:30"],
    ["The Star Theatre", 45, "20:00"],
  ]),
  ...run("Ludovico Einaudi", null, [
    ["Sydney Opera House", 32, "20:00"],
    ["Unipol Forum", 75, "21:00"],
  ]),
  ...run("BABYMETAL", "Fox March", [
    ["Nippon Budokan", 0, "18:30"],
    ["Nippon Budokan", 1, "18:30"],
    ["KSPO Dome", 6, "18:00"],
    ["Spark Arena", 79, "19:30"],
  ]),
  ...run("YOASOBI", "Story Engine", [
    ["Zepp DiverCity", 3, "19:00"],
    ["The Star Theatre", 10, "20:00"],
  ]),
  ...run("Hikaru Utada", null, [
    ["Nippon Budokan", 22, "18:30"],
    ["Neal S. Blaisdell Arena", 34, "19:00"],
  ]),
  ...run("Stray Kids", "Overdrive Parade", [
    ["KSPO Dome", -5, "18:00"],
    ["Allianz Parque", 63, "20:00"],
    ["Palau Sant Jordi", 136, "20:00"],
  ]),
  ...run("BLACKPINK", null, [
    ["KSPO Dome", 12, "19:00"],
    ["KSPO Dome", 13, "18:00"],
    ["The O2", 158, "20:00"],
  ]),
  ...run("Bloodywood", "Brass and Dhol", [
    ["NSCI Dome", 0, "19:30"],
    ["Barrowland Ballroom", 50, "19:30"],
  ]),
  ...run("King Gizzard & the Lizard Wizard", "Lizard Almanac", [
    ["Forum Melbourne", 0, "20:30"],
    ["Forum Melbourne", 1, "20:30"],
    ["Sydney Opera House", 4, "20:00"],
    ["Red Rocks Amphitheatre", 177, "19:00"],
  ]),
  ...run("Tame Impala", "Slow Tide", [
    ["Hollywood Bowl", -58, "20:00"],
    ["Spark Arena", 14, "20:00"],
    ["Sydney Opera House", 18, "19:30"],
  ]),
  ...run("Amyl and the Sniffers", null, [
    ["Forum Melbourne", 9, "20:00"],
    ["O2 Academy Brixton", 42, "19:30"],
  ]),
  ...run("Courtney Barnett", null, [
    ["Forum Melbourne", -37, "20:00"],
    ["The Fillmore", 88, "20:00"],
  ]),
  ...run("Lorde", "Southern Summer", [
    ["Spark Arena", 0, "20:00"],
    ["Forum Melbourne", 6, "20:00"],
    ["Hollywood Bowl", 142, null],
  ]),
  ...run("Fat Freddy's Drop", null, [
    ["Spark Arena", 41, "20:00"],
    ["Ancienne Belgique", 100, "20:00"],
  ]),
  ...run("Bad Bunny", "Isla Adentro", [
    ["Coliseo de Puerto Rico", -2, "20:30"],
    ["Coliseo de Puerto Rico", 0, "21:00"],
    ["Coliseo de Puerto Rico", 1, "21:00"],
    ["Allianz Parque", 69, "20:00"],
  ]),
  ...run("Karol G", "Flor de Medianoche", [
    ["Movistar Arena", -26, "20:00"],
    ["Palacio de los Deportes", 20, "21:00"],
    ["Madison Square Garden", 74, "20:00"],
  ]),
  ...run("Shakira", "Loba Nueva", [
    ["Palacio de los Deportes", 0, "21:00"],
    ["Movistar Arena", 8, "20:30"],
    ["Accor Arena", 115, "20:00", "cancelled"],
  ]),
  ...run("Bomba Estéreo", null, [
    ["Movistar Arena", 0, "22:00"],
    ["Circo Voador", 23, "22:00"],
  ]),
  ...run("Natalia Lafourcade", "Flores de Casa", [
    ["Teatro Gran Rex", 2, "21:00"],
    ["Palau Sant Jordi", 56, "20:30"],
  ]),
  ...run("Café Tacvba", null, [
    ["Teatro Gran Rex", -17, "21:00"],
    ["Palacio de los Deportes", 54, "20:30"],
  ]),
  ...run("Seu Jorge", null, [
    ["Circo Voador", 0, "22:30"],
    ["Teatro Gran Rex", 29, "21:00"],
  ]),
  ...run("Marisa Monte", "Velhas Histórias", [
    ["Circo Voador", -7, "21:30"],
    ["L'Olympia", 68, "20:00"],
  ]),
  ...run("Anitta", null, [
    ["Circo Voador", 10, "23:00"],
    ["Unipol Forum", 86, "21:00"],
  ]),
  ...run("Chronixx", "Hill and Harbour", [
    ["Neal S. Blaisdell Arena", 0, "21:30"],
    ["O2 Academy Brixton", 11, "19:30"],
  ]),
  ...run("Burna Boy", "Giant Steps Home", [
    ["Eko Convention Centre", -31, "21:00"],
    ["FNB Stadium", 7, "19:00"],
    ["Madison Square Garden", 60, "20:00"],
  ]),
  ...run("Wizkid", "Lagos Always", [
    ["Eko Convention Centre", 0, "22:00"],
    ["The O2", 64, "20:00"],
  ]),
  ...run("Tems", null, [
    ["Eko Convention Centre", 27, "20:00"],
    ["L'Olympia", 78, "20:00"],
  ]),
  ...run("Tyla", null, [
    ["FNB Stadium", -14, "18:00"],
    ["NSCI Dome", 17, "20:00"],
    ["The Star Theatre", 21, "20:00"],
  ]),
  ...run("Black Coffee", null, [
    ["FNB Stadium", 30, "18:00"],
    ["Paradiso", 47, "22:00"],
  ]),
  ...run("Tinariwen", "Sand Roads", [
    ["Ancienne Belgique", 0, "20:00"],
    ["Barrowland Ballroom", 13, "19:30"],
  ]),
  ...run("Fatoumata Diawara", null, [
    ["Ancienne Belgique", -9, "20:00"],
    ["Ronnie Scott's", 35, "20:30"],
  ]),
  ...run("Mdou Moctar", null, [
    ["First Avenue", 0, "20:30"],
    ["Paradiso", 54, "20:00"],
    ["Eko Convention Centre", 120, null],
  ]),
  ...run("Youssou N'Dour", "Le Grand Bal", [
    ["Eko Convention Centre", 16, "20:00"],
    ["L'Olympia", 82, "20:30"],
  ]),
  ...run("Angélique Kidjo", null, [
    ["Village Vanguard", 26, "20:00"],
    ["Harpa", 71, "20:00"],
  ]),
];
