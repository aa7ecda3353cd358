/**
 * What findings say, in English: one sentence for each code, or for each way in which it is met (`code/way`), in MessageFormat
 * 2. The console has the same keys in its other languages. Quantities stand beside their nouns, not before them, so that
 * no language has to bend a noun by a number.
 */
export const FINDING_WORDS = {
  "blank-row": "The row is blank. If a place was meant, enter it and bring the file again; if not, remove the row.",
  "ragged-row":
    "Fields in the row: {$fields :integer}; in the header: {$header :integer}. A separator is missing or too many.",
  "field-too-long": "Characters in it: {$length :integer}. At most {$most :integer} are read.",
  "position-missing": "The row has neither a latitude nor a longitude. Enter its position and bring the file again.",
  "position-missing/latitude": "The row has no latitude. Enter its position and bring the file again.",
  "position-missing/longitude": "The row has no longitude. Enter its position and bring the file again.",
  "position-missing/words": "No position was found in it. Enter it by hand if it concerns a place.",
  "position-not-a-number": '"{$text}" is no position.',
  "position-not-a-number/several":
    "It has positions that could not be read: {$texts}. Ask for it again, or enter them by hand.",
  "position-out-of-range": "{$at} is not on the earth. Check the latitude and the longitude.",
  "position-swapped":
    "The latitude is {$latitude}, beyond 90 degrees. Check whether latitude and longitude were exchanged.",
  "position-default":
    "The position is 0, 0, which software writes where nothing was entered. Enter the real one and bring the file again.",
  "positions-differ":
    'The row says where it is in two ways, which lie {$away} apart: "{$text}" and {$at}. Find out which is right, take the other out, and bring the file again.',
  "positions-differ/notice":
    'It says where it is in two ways: "{$text}" lies {$away} from the circle that its item Q draws. Ask which is right.',
  "geometry-missing": "The feature has no geometry. Draw it, or remove the feature.",
  "geometry-malformed":
    "The geometry is not as RFC 7946 has it, or has more than {$most :integer} positions. Export it again, or simplify it.",
  "geometry-malformed/feature": "This is not a feature of GeoJSON.",
  "geometry-malformed/radius": '"{$text}" is not a radius such as 5 nm.',
  "geometry-malformed/circle": "A circle has no centre or no radius.",
  "geometry-malformed/arc": "An arc has no centre, no radius, or not two ends.",
  "geometry-malformed/arc-ends": "The ends of an arc do not lie as far from its centre as each other or as its radius.",
  "geometry-malformed/arc-start": "An arc stands before anything that it could begin at.",
  "geometry-malformed/turn": 'An arc turns "{$turn}", not cw or ccw.',
  "geometry-malformed/boundary": "It has no boundary, or a piece of it is neither a line nor an arc.",
  "geometry-malformed/several": "It has several shapes or outlines ({$parts :integer}). Bring each by itself.",
  "geometry-malformed/point":
    "The point has several positions ({$positions :integer}). Write longitude,latitude without spaces.",
  "geometry-malformed/times":
    "Positions of the track: {$positions :integer}; times: {$times :integer}. Which belongs to which is open.",
  "geometry-malformed/twice":
    'The feature has "{$name}" twice, and readers differ in which they believe. Export it again.',
  "geometry-malformed/datum": 'The feature\'s positions are in "{$datum}", not in WGS 84. Export it again in WGS 84.',
  "geometry-malformed/partial":
    "It tells an area, and fewer than three of its corners stand together. Draw it by hand.",
  "geometry-malformed/line": 'A line "{$line}" is not known here.',
  "geometry-malformed/open": "A polygon does not end where it begins.",
  "geometry-malformed/volume": "At {$path}: {$what}",
  "geometry-invalid": "The shape cannot be checked.",
  "geometry-not-for-kind": "A geometry of type {$type} cannot be a footprint.",
  "geometry-not-for-kind/movement": "A movement is drawn as a line. Bring it as a LineString.",
  "geometry-many-parts": "It has several parts ({$parts :integer}). Bring each part as a record of its own.",
  "geometry-no-width":
    "A line needs the width of its corridor. Say how wide it is, in metres, and bring the file again.",
  cancellation: "It ends {$ends} and says nothing else. Withdraw what was told of it.",
  "part-dropped/link":
    'The live link "{$name}" was left out: it leads elsewhere and is never followed. Save what it shows as a file, and bring that.',
  "part-dropped/picture": 'The picture "{$name}" was left out: it is no place.',
  "part-dropped/tour": 'The tour "{$name}" was left out: it is no place.',
  "part-dropped/stray":
    'What stands in "{$where}" was left out, for the format has nothing there: "{$name}" ({$count :integer}).',
  "part-dropped/exercise": "It was left out: it belongs to an exercise, a test or a simulation.",
  "part-dropped/answer": "It was left out: it answers another alert.",
  "part-dropped/change": 'A change of "{$name}" was left out: it makes sense only with the airspace that it changes.',
  "time-missing": "The row names no time at which it begins. Enter it and bring the file again.",
  "end-before-start": "It ends before it begins. Check both times and bring the file again.",
  "end-before-start/route":
    "A later position of the route has an earlier time. Check the times and bring the file again.",
  "body-refused": 'What stands in "{$where}" cannot be told in a message of this kind: {$why}',
  "far-from-district":
    "The nearest other site of {$name} lies {$away} away; nine in ten of them lie within {$usual} of another. Check the position, and whether the row names the right place.",
  "far-from-district/larger":
    "The nearest other site of {$name} lies {$away} away. Check the position, and whether the row names the right place.",
  "far-from-district/list": "The nearest other site of the list lies {$away} away. Check the position.",
  "far-from-name":
    '"{$place}" lies {$away} from "{$other}" in row {$row :integer useGrouping=never}, the nearest of {$district} that shares its name. Check the position.',
  "far-from-name/rows":
    'Other rows that have "{$place}" at {$at}, {$away} from here: {$rows :integer}. Check which is meant.',
  "far-from-name/known": "{$place} lies at {$at}, {$away} from here, as the gazetteer has it. Check which is meant.",
  "outside-named":
    "The position lies {$off} outside {$name}. Check the position, and whether the row names the right place.",
  "outside-named/far":
    "The position lies more than {$off} outside {$name}. Check the position, and whether the row names the right place.",
  "in-sea": "{$at} lies in the sea, more than {$coast} from land. Check the position.",
  "position-of-capital":
    "The position is the middle of {$capital}, which the row does not name. Enter the real one if that was only filled in.",
  "names-differ":
    '"{$other}" does not sound like "{$one}"; it sounds like "{$like}" in row {$row :integer useGrouping=never}. Check which place the row is about.',
  "name-disguised":
    '"{$word}" is written in letters of two scripts that look alike. It is another name to every search and comparison.',
  "moved-since":
    '"{$place}" lies {$away} from where the list before had it, at {$at}. If it was corrected or has moved, confirm it; if not, take the position from there.',
  "list-moved":
    "Of {$known :integer} sites that the list before has too, {$moved :integer} have moved. Ask whoever made the list why.",
  "datum-shifted":
    "All of the list lies {$away} off the list before, in one direction. Ask whoever made it in which datum its positions are.",
  "list-shrunk":
    "Of {$known :integer} sites of the list before, {$gone :integer} are not in this one, among them {$some}. A site that is left out is no longer told.",
  "day-and-month":
    'Days that it lasts: {$days :integer}; with day and month of "{$text}" exchanged: {$exchanged :integer}. Check the date.',
  "day-and-month/day": 'Of {$of :integer} rows, {$rows :integer} have {$day}; this one has "{$text}". Check the date.',
  "day-and-month/order": 'The rows are in the order of their days, and "{$text}" stands out of it. Check the date.',
  "zone-forgotten": '"{$text}" names no zone, and the other times ({$others :integer}) do. Enter it with its zone.',
  "weekday-differs": '"{$text}" was a {$weekday}. Check the day, the month and the year.',
  "time-far/past": '"{$text}" is long past (years: {$years :integer}). Check the year.',
  "time-far/ahead": '"{$text}" is far ahead (years: {$years :integer}). Check the year.',
  "list-of-past":
    "Of {$of :integer} reports, {$rows :integer} are of long ago. Their years are taken as they are written.",
  "unit-differs/metres":
    '"{$text}" is in metres; nearly all of the {$heights :integer} heights here are in feet. Check the unit.',
  "unit-differs/feet":
    '"{$text}" is in feet; nearly all of the {$heights :integer} heights here are in metres. Check the unit.',
  "height-unlikely": '"{$text}" is {$high} high. Check the unit: feet may stand as metres.',
  "fix-jumps":
    "Position {$position :integer} lies {$off} off a line that goes on without it. Check it against the source.",
  "clock-jumps":
    "The time of position {$position :integer} is not between those of the positions beside it. Check it against the source.",
  "speed-impossible":
    "Position {$position :integer} lies {$away} from the one before and is reached at {$speed :integer} km/h. Check both positions and both times.",
  "route-backtracks":
    "The line turns back at position {$position :integer}, {$off} out of its way. Check that position.",
  "row-hidden":
    "The row is hidden in the workbook: whoever looked at the sheet did not see it. Check that it is meant.",
  "outside-area": "{$at} lies outside the area of interest. Check the position.",
  "id-repeated":
    "The number {$id} is also that of row {$row :integer useGrouping=never}. Check whether one of them is superfluous.",
  "site-repeated":
    'Row {$row :integer useGrouping=never} is also called "{$name}" and lies {$away} away. Check whether they are one site.',
  "site-repeated/same":
    "The position and a name are those of row {$row :integer useGrouping=never}. Check whether they are one site.",
  "name-missing": "The row gives the place no name. Add the name that people there use.",
  "number-refused":
    '"{$text}" is not a whole number up to {$most :integer}. It was left out; enter it with the draft if it matters.',
  "number-refused/metres":
    '"{$text}" is not a number of metres above 0 and up to {$most :integer}. It was left out; enter it with the draft if it matters.',
  "time-refused": '"{$text}" was left out; enter it with the draft if it matters.',
  "time-refused/several": "No such time: {$texts}. It was taken to hold all the while; enter its times with the draft.",
  "text-refused":
    'A text in "{$where}" is too long or holds characters that could disguise it, and was left out. Enter it again by hand.',
  "width-unsaid":
    "It tells a line and not how far to keep from it. The line alone was taken; give its width if it has one.",
  "windows-joined": "It has more windows than can be told: it was taken to hold from the first to the last.",
  "not-understood": "Not understood, and only in its words: {$words}",
  "not-understood/area": "An area is told in words or by a code alone, and was not drawn: {$words}",
  cancels: "It also ends {$ends}. Withdraw what was told of that.",
  "cancels/replaces": "It takes the place of {$ends}. Withdraw what was told of that.",
  "category-unknown": '"{$text}" is no category that Parley has; "{$taken}" was taken.',
  "position-repeated": "The position is exactly that of row {$row :integer useGrouping=never}.",
  "position-repeated/named":
    'The position is exactly that of row {$row :integer useGrouping=never}, which is called "{$name}".',
  "precision-low": "{$text} is written to about {$about} and no finer.",
  "height-opened/lower":
    "Its heights are above different things ({$lower}, {$upper}): it was taken to have no lower limit.",
  "height-opened/upper":
    "Its heights are above different things ({$lower}, {$upper}): it was taken to have no upper limit.",
  "height-pressure":
    "Its heights are flight levels, which depend on the day's pressure: it was taken to reach all heights.",
  "height-ignored":
    'The height "{$text}" does not say its unit, or above what. It was left out; enter it with the draft if it matters.',
  "height-ignored/fault": 'The height "{$text}" was left out; enter it with the draft if it matters.',
  "height-ignored/coordinates":
    "The heights in the coordinates name no datum, and were left out. Enter them with the draft if they matter.",
  "height-ignored/feet":
    "Its heights ({$heights}) are not an altitude and a ceiling in feet: it was taken to reach all heights.",
  "precision-too-fine": "The charter lets no position out that is more precise than {$floor}: coarsen it.",
  "narrow-too-long":
    "Over a narrow link it comes later than other alerts. Bytes too many for their form: {$bytes :integer}.",
  "contradicts-public": 'In public this party says "{$in_public}", and here "{$here}".',
} as const;

/** What speaks for a finding or for what it proposes. */
export const REASON_WORDS = {
  meant: "Perhaps meant: {$what}.",
  exchanged: "Latitude and longitude exchanged.",
  "sign-latitude": "The sign of the latitude.",
  "sign-longitude": "The sign of the longitude.",
  signs: "The signs of both.",
  "zone-west": "A grid zone too far west.",
  "zone-east": "A grid zone too far east.",
  minutes: "Minutes written as decimals.",
  decimals: "Decimals written as minutes.",
  digit: "One digit: {$written} for {$meant}.",
  order: "Two digits exchanged: {$written} for {$meant}.",
  doubled: "A digit doubled: {$written} for {$meant}.",
  lost: "A digit missing: {$written} for {$meant}.",
  comma: "It has a comma where a point belongs.",
  thousands: "It is grouped by thousands.",
  "day-and-month": "Day and month exchanged.",
  unit: "The number kept, in the unit of the others.",
  script: "In one script.",
  around: "The nearest sites are all of {$district}, the nearest of them {$away} away.",
  others: "Other rows that name {$name}: {$rows :integer}.",
  boundary: "So its boundary is drawn.",
  "lies-in": "It lies in {$country}.",
  row: "So row {$row :integer useGrouping=never} has it, and others.",
  before: "The list before has it there.",
  datum: "So a position in {$datum} stands as WGS 84.",
  alike: "Nearly all moved by the same {$away}, as when one list is in another datum.",
  half: "Half of them moved by {$away} or more.",
  "datum-now": "As when positions in {$datum} stand as WGS 84.",
  "datum-before": "As when those of the list before were in {$datum} and stood as WGS 84.",
  "datum-either": "As when one of the two lists is in another datum.",
  letters: "A letter has one byte in Latin script, two in Cyrillic, Arabic and Kurdish; a place has some 60.",
  public: "{$where}, {$at}.",
} as const;

/** What is wrong with a place, a time, a height or a shape, by the code of the geo room's error, where a finding says it. */
export const FAULT_WORDS = {
  "number-not-finite": "It is not a plain number.",
  "latitude-out-of-range": "A latitude runs from -90 to 90. Perhaps it was swapped with the longitude.",
  "longitude-out-of-range": "A longitude runs from -180 to 180.",
  "radius-out-of-range": "A radius runs from 0 to 5,000,000 m.",
  "width-out-of-range": "A width runs from 0 to 10,000,000 m.",
  "height-out-of-range": "A height runs from -20,000 to 1,000,000 m.",
  "height-upside-down": "The upper height is below the lower one. Swap them.",
  "line-too-short": "A line has at least two positions.",
  "edge-too-long": "Two neighbouring positions are nearly opposite on the globe. Put a position between.",
  "ring-too-short": "An outline has at least three different corners.",
  "ring-closed": "The last corner repeats the first. Leave it out.",
  "ring-crosses-itself": "The outline crosses or touches itself. Put its corners in their order.",
  "ring-flat": "The corners enclose nothing. Draw a line as a corridor.",
  "rings-cross": "Two outlines cross or touch. Draw the holes apart from each other and from the outline.",
  "hole-outside": "A hole lies outside the outline or inside another hole.",
  "polygon-too-large": "A polygon fits within one half of the Earth. Split it.",
  "too-many-vertices": "A footprint has at most 10,000 corners. Split it.",
  "coordinate-comma": "Write decimals with a point, not with a comma.",
  "coordinate-grid": "There is no such grid square. Check the zone and the letters.",
  "coordinate-hemisphere": "Give one of N or S and one of E or W, and no minus sign with them.",
  "coordinate-malformed":
    "This is not a coordinate. Write it like 36.3400, 43.1300 or 36°20.4'N 43°07.8'E or 38S LF 12345 67890.",
  "coordinate-minutes": "Minutes and seconds run from 0 to below 60.",
  "coordinate-place-ambiguous": "Several places have that name. Give a position, or say which is meant.",
  "coordinate-place-unknown": "The gazetteer has no such name. Give a position.",
  "coordinate-utm": "Zone, hemisphere, easting and northing together are no place.",
  "coordinate-utm-letter":
    "The letter can be a band or a hemisphere. Write north or south in words, as in 38 north 332179 4023284.",
  "height-malformed": "Write it like 1500 ft AMSL, 300 m AGL or FL115.",
  "time-malformed": "This is not a time. Write it like 2026-11-23 15:30Z or 231530ZNOV26.",
  "time-order-open": "Day and month could be exchanged. Write the day like 2014-07-02 or 2 July 2014.",
  "time-out-of-range": "There is no such time. Check the day, the hour and the year.",
  "time-zone-missing": "The time zone is missing. Add Z, an offset such as +03:00, or the zone’s letter.",
  "time-zone-unknown": "Letters such as AST stand for several zones. Name the zone like Asia/Baghdad or +03:00.",
} as const;
