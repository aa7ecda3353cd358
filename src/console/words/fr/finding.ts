import type { Translated } from "../types.ts";

export const finding: Translated<"finding"> = {
  "blank-row":
    "La ligne est vide. Si un lieu était voulu, saisissez-le et rapportez le fichier ; sinon, supprimez la ligne.",
  "ragged-row":
    "Champs dans la ligne : {$fields :integer} ; dans l’en-tête : {$header :integer}. Un séparateur manque ou est de trop.",
  "field-too-long": "Caractères qu’il contient : {$length :integer}. On en lit {$most :integer} au plus.",
  "position-missing": "La ligne n’a ni latitude ni longitude. Saisissez sa position et rapportez le fichier.",
  "position-missing/latitude": "La ligne n’a pas de latitude. Saisissez sa position et rapportez le fichier.",
  "position-missing/longitude": "La ligne n’a pas de longitude. Saisissez sa position et rapportez le fichier.",
  "position-missing/words": "Aucune position n’y a été trouvée. Saisissez-la à la main si cela concerne un lieu.",
  "position-not-a-number": "« {$text} » n’est pas une position.",
  "position-not-a-number/several":
    "Il a des positions illisibles : {$texts}. Redemandez-le, ou saisissez-les à la main.",
  "position-out-of-range": "{$at} n’est pas sur la terre. Vérifiez la latitude et la longitude.",
  "position-swapped":
    "La latitude est {$latitude}, au-delà de 90 degrés. Vérifiez si latitude et longitude ont été échangées.",
  "position-default":
    "La position est 0, 0, que les logiciels écrivent là où rien n’a été saisi. Saisissez la vraie et rapportez le fichier.",
  "positions-differ":
    "La ligne dit de deux façons où elle est, à {$away} l’une de l’autre : « {$text} » et {$at}. Trouvez laquelle est juste, ôtez l’autre et rapportez le fichier.",
  "positions-differ/notice":
    "Il dit de deux façons où il est : « {$text} » est à {$away} du cercle que dessine son champ Q. Demandez lequel est juste.",
  "geometry-missing": "L’élément n’a pas de géométrie. Dessinez-la ou supprimez l’élément.",
  "geometry-malformed":
    "La géométrie n’est pas conforme à la RFC 7946, ou a plus de {$most :integer} positions. Exportez-la de nouveau ou simplifiez-la.",
  "geometry-malformed/feature": "Ce n’est pas un élément de GeoJSON.",
  "geometry-malformed/radius": "« {$text} » n’est pas un rayon tel que 5 nm.",
  "geometry-malformed/circle": "Un cercle n’a pas de centre ou pas de rayon.",
  "geometry-malformed/arc": "Un arc n’a pas de centre, pas de rayon ou pas deux extrémités.",
  "geometry-malformed/arc-ends":
    "Les extrémités d’un arc ne sont pas à égale distance de son centre, ou à celle de son rayon.",
  "geometry-malformed/arc-start": "Un arc se trouve avant tout ce d’où il pourrait partir.",
  "geometry-malformed/turn": "Un arc tourne « {$turn} », ni cw ni ccw.",
  "geometry-malformed/boundary": "Il n’a pas de limite, ou un morceau n’en est ni une ligne ni un arc.",
  "geometry-malformed/several": "Il a plusieurs formes ou contours ({$parts :integer}). Apportez chacun à part.",
  "geometry-malformed/point":
    "Le point a plusieurs positions ({$positions :integer}). Écrivez longitude,latitude sans espaces.",
  "geometry-malformed/times":
    "Positions de la trace : {$positions :integer} ; heures : {$times :integer}. On ne sait laquelle va avec laquelle.",
  "geometry-malformed/twice":
    "L’élément a « {$name} » deux fois, et les lecteurs n’en croient pas le même. Exportez-le de nouveau.",
  "geometry-malformed/datum":
    "Les positions de l’élément sont en « {$datum} », non en WGS 84. Exportez-le de nouveau en WGS 84.",
  "geometry-malformed/partial": "Il dit une zone, et moins de trois de ses sommets se suivent. Dessinez-la à la main.",
  "geometry-malformed/line": "La ligne « {$line} » n’est pas connue ici.",
  "geometry-malformed/open": "Un polygone ne finit pas où il commence.",
  "geometry-malformed/volume": "À {$path} : {$what}",
  "geometry-invalid": "La forme ne peut pas être vérifiée.",
  "geometry-not-for-kind": "Une géométrie de type {$type} ne peut pas être une emprise.",
  "geometry-not-for-kind/movement": "Un mouvement se dessine en ligne. Apportez-le comme LineString.",
  "geometry-many-parts": "Il a plusieurs parties ({$parts :integer}). Apportez chacune comme un enregistrement à part.",
  "geometry-no-width": "Une ligne a besoin de la largeur de son couloir. Dites-la en mètres et rapportez le fichier.",
  cancellation: "Il met fin à {$ends} et ne dit rien d’autre. Retirez ce qui en a été dit.",
  "part-dropped/link":
    "Le lien actif « {$name} » a été laissé : il mène ailleurs et n’est jamais suivi. Enregistrez ce qu’il montre dans un fichier et apportez-le.",
  "part-dropped/picture": "L’image « {$name} » a été laissée : ce n’est pas un lieu.",
  "part-dropped/tour": "La visite « {$name} » a été laissée : ce n’est pas un lieu.",
  "part-dropped/stray":
    "Ce qui est dans « {$where} » a été laissé, car le format n’a rien là : « {$name} » ({$count :integer}).",
  "part-dropped/exercise": "Il a été laissé : il appartient à un exercice, un essai ou une simulation.",
  "part-dropped/answer": "Il a été laissé : il répond à une autre alerte.",
  "part-dropped/change":
    "Une modification de « {$name} » a été laissée : elle n’a de sens qu’avec l’espace aérien qu’elle modifie.",
  "time-missing": "La ligne ne dit pas quand cela commence. Saisissez-le et rapportez le fichier.",
  "end-before-start": "Cela finit avant de commencer. Vérifiez les deux heures et rapportez le fichier.",
  "end-before-start/route":
    "Une position ultérieure de l’itinéraire a une heure antérieure. Vérifiez les heures et rapportez le fichier.",
  "body-refused": "Ce qui est dans « {$where} » ne peut être dit dans un message de ce genre : {$why}",
  "far-from-district":
    "L’autre site de {$name} le plus proche est à {$away} ; neuf sur dix sont à moins de {$usual} d’un autre. Vérifiez la position, et que la ligne nomme le bon lieu.",
  "far-from-district/larger":
    "L’autre site de {$name} le plus proche est à {$away}. Vérifiez la position, et que la ligne nomme le bon lieu.",
  "far-from-district/list": "L’autre site de la liste le plus proche est à {$away}. Vérifiez la position.",
  "far-from-name":
    "« {$place} » est à {$away} de « {$other} » à la ligne {$row :integer useGrouping=never}, le plus proche de {$district} qui partage son nom. Vérifiez la position.",
  "far-from-name/rows":
    "Autres lignes qui placent « {$place} » en {$at}, à {$away} d’ici : {$rows :integer}. Vérifiez ce qui est voulu.",
  "far-from-name/known":
    "{$place} est en {$at}, à {$away} d’ici, selon le répertoire des lieux. Vérifiez ce qui est voulu.",
  "outside-named": "La position est à {$off} hors de {$name}. Vérifiez la position, et que la ligne nomme le bon lieu.",
  "outside-named/far":
    "La position est à plus de {$off} hors de {$name}. Vérifiez la position, et que la ligne nomme le bon lieu.",
  "in-sea": "{$at} est en mer, à plus de {$coast} de la terre. Vérifiez la position.",
  "position-of-capital":
    "La position est le centre de {$capital}, que la ligne ne nomme pas. Saisissez la vraie si celle-ci n’était que de remplissage.",
  "names-differ":
    "« {$other} » ne sonne pas comme « {$one} » mais comme « {$like} » à la ligne {$row :integer useGrouping=never}. Vérifiez de quel lieu parle la ligne.",
  "name-disguised":
    "« {$word} » mêle des lettres semblables de deux écritures. C’est un autre nom pour toute recherche et toute comparaison.",
  "moved-since":
    "« {$place} » est à {$away} de là où la liste d’avant l’avait, en {$at}. S’il a été corrigé ou déplacé, confirmez-le ; sinon, reprenez cette position.",
  "list-moved":
    "Sur {$known :integer} sites que la liste d’avant a aussi, {$moved :integer} ont bougé. Demandez pourquoi à qui a fait la liste.",
  "datum-shifted":
    "Toute la liste est à {$away} de la liste d’avant, dans une même direction. Demandez à qui l’a faite dans quel datum sont ses positions.",
  "list-shrunk":
    "Sur {$known :integer} sites de la liste d’avant, {$gone :integer} ne sont pas dans celle-ci, dont {$some}. Un site omis n’est plus dit.",
  "day-and-month":
    "Jours que cela dure : {$days :integer} ; avec jour et mois de « {$text} » échangés : {$exchanged :integer}. Vérifiez la date.",
  "day-and-month/day":
    "Sur {$of :integer} lignes, {$rows :integer} ont {$day} ; celle-ci a « {$text} ». Vérifiez la date.",
  "day-and-month/order": "Les lignes suivent l’ordre des jours, et « {$text} » en sort. Vérifiez la date.",
  "zone-forgotten":
    "« {$text} » ne nomme pas de fuseau, et les autres heures ({$others :integer}) oui. Saisissez-la avec son fuseau.",
  "weekday-differs": "« {$text} » était un {$weekday}. Vérifiez le jour, le mois et l’année.",
  "time-far/past": "« {$text} » est loin dans le passé (années : {$years :integer}). Vérifiez l’année.",
  "time-far/ahead": "« {$text} » est loin dans l’avenir (années : {$years :integer}). Vérifiez l’année.",
  "list-of-past":
    "Rapports d’une époque lointaine : {$rows :integer} sur {$of :integer}. Leurs années sont prises telles qu’elles sont écrites.",
  "unit-differs/metres":
    "« {$text} » est en mètres ; presque toutes les hauteurs ici ({$heights :integer}) sont en pieds. Vérifiez l’unité.",
  "unit-differs/feet":
    "« {$text} » est en pieds ; presque toutes les hauteurs ici ({$heights :integer}) sont en mètres. Vérifiez l’unité.",
  "height-unlikely": "« {$text} » fait {$high} de haut. Vérifiez l’unité : des pieds peuvent passer pour des mètres.",
  "fix-jumps":
    "La position {$position :integer} est à {$off} d’une ligne qui continue sans elle. Comparez-la à la source.",
  "clock-jumps":
    "L’heure de la position {$position :integer} n’est pas entre celles de ses voisines. Comparez-la à la source.",
  "speed-impossible":
    "La position {$position :integer} est à {$away} de la précédente et serait atteinte à {$speed :integer} km/h. Vérifiez les deux positions et les deux heures.",
  "route-backtracks":
    "La ligne revient sur elle-même à la position {$position :integer}, {$off} hors de sa route. Vérifiez cette position.",
  "row-hidden":
    "La ligne est masquée dans le classeur : qui a regardé la feuille ne l’a pas vue. Vérifiez qu’elle est voulue.",
  "outside-area": "{$at} est hors de la zone d’intérêt. Vérifiez la position.",
  "id-repeated":
    "Le numéro {$id} est aussi celui de la ligne {$row :integer useGrouping=never}. Vérifiez si l’une des deux est de trop.",
  "site-repeated":
    "La ligne {$row :integer useGrouping=never} s’appelle aussi « {$name} » et est à {$away}. Vérifiez si c’est un seul site.",
  "site-repeated/same":
    "La position et un nom sont ceux de la ligne {$row :integer useGrouping=never}. Vérifiez si c’est un seul site.",
  "name-missing": "La ligne ne donne pas de nom au lieu. Ajoutez celui que les gens y emploient.",
  "number-refused":
    "« {$text} » n’est pas un nombre entier jusqu’à {$most :integer}. Il a été laissé ; saisissez-le avec le brouillon s’il importe.",
  "number-refused/metres":
    "« {$text} » n’est pas un nombre de mètres entre 0 et {$most :integer}. Il a été laissé ; saisissez-le avec le brouillon s’il importe.",
  "time-refused": "« {$text} » a été laissé ; saisissez-le avec le brouillon s’il importe.",
  "time-refused/several":
    "Heures inexistantes : {$texts}. Il a été pris pour toute la durée ; saisissez ses heures avec le brouillon.",
  "text-refused":
    "Un texte dans « {$where} » est trop long ou contient des caractères qui pourraient le déguiser, et a été laissé. Saisissez-le de nouveau à la main.",
  "width-unsaid":
    "Il dit une ligne, et non de combien s’en écarter. La ligne seule a été prise ; donnez sa largeur si elle en a une.",
  "windows-joined": "Il a plus de fenêtres qu’on ne peut dire : il a été pris de la première à la dernière.",
  "not-understood": "Non compris, et seulement dans ses mots : {$words}",
  "not-understood/area": "Une zone n’est dite qu’en mots ou par un code, et n’a pas été dessinée : {$words}",
  cancels: "Il met aussi fin à {$ends}. Retirez ce qui en a été dit.",
  "cancels/replaces": "Il prend la place de {$ends}. Retirez ce qui en a été dit.",
  "category-unknown": "« {$text} » n’est pas une catégorie connue ici ; « {$taken} » a été prise.",
  "position-repeated": "La position est exactement celle de la ligne {$row :integer useGrouping=never}.",
  "position-repeated/named":
    "La position est exactement celle de la ligne {$row :integer useGrouping=never}, qui s’appelle « {$name} ».",
  "precision-low": "{$text} est écrit à environ {$about} près, pas mieux.",
  "height-opened/lower":
    "Ses hauteurs sont au-dessus de choses différentes ({$lower}, {$upper}) : il a été pris sans limite inférieure.",
  "height-opened/upper":
    "Ses hauteurs sont au-dessus de choses différentes ({$lower}, {$upper}) : il a été pris sans limite supérieure.",
  "height-pressure":
    "Ses hauteurs sont des niveaux de vol, qui dépendent de la pression du jour : il a été pris à toutes les hauteurs.",
  "height-ignored":
    "La hauteur « {$text} » ne dit pas son unité, ou au-dessus de quoi. Elle a été laissée ; saisissez-la avec le brouillon si elle importe.",
  "height-ignored/fault": "La hauteur « {$text} » a été laissée ; saisissez-la avec le brouillon si elle importe.",
  "height-ignored/coordinates":
    "Les hauteurs dans les coordonnées ne nomment pas de datum et ont été laissées. Saisissez-les avec le brouillon si elles importent.",
  "height-ignored/feet":
    "Ses hauteurs ({$heights}) ne sont pas un plancher et un plafond en pieds : il a été pris à toutes les hauteurs.",
  "precision-too-fine": "La charte ne laisse sortir aucune position plus précise que {$floor} : arrondissez-la.",
  "narrow-too-long":
    "Par une liaison étroite elle arrive après les autres alertes. Octets de trop pour leur forme : {$bytes :integer}.",
  "contradicts-public": "En public cette partie dit « {$in_public} », et ici « {$here} ».",
  row: "Ligne {$row :integer useGrouping=never} :",
};

export const reason: Translated<"reason"> = {
  meant: "Peut-être voulu : {$what}.",
  exchanged: "Latitude et longitude échangées.",
  "sign-latitude": "Le signe de la latitude.",
  "sign-longitude": "Le signe de la longitude.",
  signs: "Les deux signes.",
  "zone-west": "Un fuseau de grille trop à l’ouest.",
  "zone-east": "Un fuseau de grille trop à l’est.",
  minutes: "Des minutes écrites comme décimales.",
  decimals: "Des décimales écrites comme minutes.",
  digit: "Un chiffre : {$written} pour {$meant}.",
  order: "Deux chiffres échangés : {$written} pour {$meant}.",
  doubled: "Un chiffre doublé : {$written} pour {$meant}.",
  lost: "Un chiffre manque : {$written} pour {$meant}.",
  comma: "Une virgule là où il faut un point.",
  thousands: "Il est groupé par milliers.",
  "day-and-month": "Jour et mois échangés.",
  unit: "Le nombre tel quel, dans l’unité des autres.",
  script: "Dans une seule écriture.",
  around: "Les sites les plus proches sont tous de {$district}, le plus proche à {$away}.",
  others: "Autres lignes qui nomment {$name} : {$rows :integer}.",
  boundary: "Telle est tracée sa limite.",
  "lies-in": "Il est en {$country}.",
  row: "Ainsi l’a la ligne {$row :integer useGrouping=never}, et d’autres.",
  before: "La liste d’avant l’a là.",
  datum: "Ainsi une position en {$datum} écrite comme WGS 84.",
  alike: "Presque tous ont bougé des mêmes {$away}, comme quand une liste est dans un autre datum.",
  half: "La moitié a bougé de {$away} ou plus.",
  "datum-now": "Comme quand des positions en {$datum} sont écrites comme WGS 84.",
  "datum-before": "Comme quand celles de la liste d’avant étaient en {$datum} et écrites comme WGS 84.",
  "datum-either": "Comme quand l’une des deux listes est dans un autre datum.",
  letters: "Une lettre a un octet en écriture latine, deux en cyrillique, arabe et kurde ; un lieu en a quelque 60.",
  public: "{$where}, {$at}.",
};

export const fault: Translated<"fault"> = {
  "number-not-finite": "Ce n’est pas un simple nombre.",
  "latitude-out-of-range": "Une latitude va de -90 à 90. Peut-être confondue avec la longitude.",
  "longitude-out-of-range": "Une longitude va de -180 à 180.",
  "radius-out-of-range": "Un rayon va de 0 à 5 000 000 m.",
  "width-out-of-range": "Une largeur va de 0 à 10 000 000 m.",
  "height-out-of-range": "Une hauteur va de -20 000 à 1 000 000 m.",
  "height-upside-down": "La hauteur supérieure est sous l’inférieure. Échangez-les.",
  "line-too-short": "Une ligne a au moins deux positions.",
  "edge-too-long": "Deux positions voisines sont presque opposées sur le globe. Mettez-en une entre elles.",
  "ring-too-short": "Un contour a au moins trois sommets différents.",
  "ring-closed": "Le dernier sommet répète le premier. Omettez-le.",
  "ring-crosses-itself": "Le contour se croise ou se touche. Mettez ses sommets dans l’ordre.",
  "ring-flat": "Les sommets n’enferment rien. Dessinez une ligne comme couloir.",
  "rings-cross": "Deux contours se croisent ou se touchent. Dessinez les trous séparés entre eux et du contour.",
  "hole-outside": "Un trou est hors du contour ou dans un autre trou.",
  "polygon-too-large": "Un polygone tient dans une moitié de la Terre. Divisez-le.",
  "too-many-vertices": "Une emprise a au plus 10 000 sommets. Divisez-la.",
  "coordinate-comma": "Écrivez les décimales avec un point, non une virgule.",
  "coordinate-grid": "Ce carré de grille n’existe pas. Vérifiez la zone et les lettres.",
  "coordinate-hemisphere": "Donnez N ou S et E ou W, sans signe moins.",
  "coordinate-malformed":
    "Ce n’est pas une coordonnée. Écrivez 36.3400, 43.1300 ou 36°20.4'N 43°07.8'E ou 38S LF 12345 67890.",
  "coordinate-minutes": "Minutes et secondes vont de 0 à moins de 60.",
  "coordinate-place-ambiguous": "Plusieurs lieux ont ce nom. Donnez une position, ou dites lequel.",
  "coordinate-place-unknown": "Le répertoire des lieux n’a pas ce nom. Donnez une position.",
  "coordinate-utm": "Zone, hémisphère, abscisse et ordonnée ensemble ne sont aucun lieu.",
  "coordinate-utm-letter":
    "La lettre peut être une bande ou un hémisphère. Écrivez north ou south en toutes lettres, comme dans 38 north 332179 4023284.",
  "height-malformed": "Écrivez 1500 ft AMSL, 300 m AGL ou FL115.",
  "time-malformed": "Ce n’est pas une heure. Écrivez 2026-11-23 15:30Z ou 231530ZNOV26.",
  "time-order-open": "Jour et mois pourraient être échangés. Écrivez le jour comme 2014-07-02 ou 2 July 2014.",
  "time-out-of-range": "Cette heure n’existe pas. Vérifiez le jour, l’heure et l’année.",
  "time-zone-missing": "Le fuseau manque. Ajoutez Z, un décalage comme +03:00, ou la lettre du fuseau.",
  "time-zone-unknown": "Des lettres comme AST valent pour plusieurs fuseaux. Nommez-le Asia/Baghdad ou +03:00.",
};
