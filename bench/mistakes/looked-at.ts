/**
 * Real rows that importing doubts, looked at by hand, once: those that are rightly doubted, and why, by the number that
 * the list gives them. A row that is not here counts as wrongly doubted.
 */
export const LOOKED_AT: Readonly<Record<string, string>> = {
  "1104042": "It lies in Turkey, 60 km north of Zakho.",
  "2102009": "Ar Rahhaliya is near Ain Al-Tamur, 280 km from Al-Rutba: another district.",
  "2307021": "Al Huriyah is a quarter of Baghdad, 20 km from here.",
  "2403062": "Mohamed Sakran lies among the sites of Adhamia: another district.",
  "2404006": "Al-Gadir is a quarter of Baladrooz, 80 km from here.",
  "2503027": "Al Askary is a quarter of Kerbala; the longitude should begin with 43.96.",
  "2503204": "The middle of Kerbala is at 44.04, not at 44.34.",
  "2602003": "Taza is in the district of Kirkuk.",
  "2701012": "Kalak is on the Zab near Khabat, in another district and governorate.",
  "2704021": "It lies among the sites of Tilkaif and Mosul, 30 km from Al-Shikhan.",
  "2803008": "Lower Maslakha lies 112 km from Upper Maslakha, which is in Baiji: its latitude should begin with 35.",
  "137681": "Buhriz is in the district of Ba'quba.",
  "139569": "Al-Aziziyah of Wasit is at 32.9, 45.1; this is another place of the name.",
};
