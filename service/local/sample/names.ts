import type { Random } from '../../core/random.ts';
import { pick } from './identifiers.ts';

/** Given and family names from many places, combined by chance: any likeness to a real person is an accident. */
const GIVEN = 'Ada Amir Anneke Bastian Bela Bram Carmen Chidi Dalia Daniel Edda Elias Esra Farid Fiona Gideon Greta Hana Hugo Ines Ivo Jana Jonas Kaito Karim Lara Leif Lena Malik Marta Mei Milan Nadia Nils Noor Oskar Paloma Petra Quentin Rafael Rosa Samir Selma Tara Theo Uma Viktor Wanda Yara Zeno'.split(' '); // prettier-ignore
const FAMILY = 'Abelmann Adeyru Bachtold Belkovic Brandvik Calderas Castorwood Delacroft Dunmarrow Eberling Eskildo Fairwick Ferrandi Garnholt Gorskyn Hallibran Haverlock Ibarrola Jankowen Jorvald Kessingham Kobayle Lindqvale Lorimont Maddowell Marchetto Nakagram Norvell Okonwick Oberlain Pennarth Petrovane Quillfeather Ramsgale Rosenhain Sandovar Silvermane Stolbeck Tamarind Thornquist Ullmark Vandermoor Varga-Lind Westerholm Wickramar Yamaguro Zabriskan Zimmerlin'.split(' '); // prettier-ignore
const STREETS = 'Alder Birch Canal Cedar Chestnut Church Clinton Elm Franklin Garden Grove Harbor Highland Hill Lake Linden Main Maple Market Mill Oak Orchard Park Pine Prospect River School Spring Spruce State Summit Union Walnut Washington Willow'.split(' '); // prettier-ignore
const SAINTS = ['Harborlight', 'Northgate', 'Beacon Ridge', 'Ashgrove', 'Silver Birch', 'Tidewater', 'Stonebridge', 'Larkfield', 'Highmeadow', 'Clearbrook', 'Fernhollow', 'Eastwick', 'Goldenrod', 'Millrace', 'Willowmere', 'Brightwater', 'Oakhaven', 'Summitvale', 'Redmaple', 'Foxglove']; // prettier-ignore

export const personName = (random: Random) => ({
  first: pick(random, GIVEN),
  middle: pick(random, [...'ABCDEFGHJKLMNPRSTVWZ']),
  last: pick(random, FAMILY),
});

export const street = (random: Random) =>
  `${Math.floor(1 + random() * 980)} ${pick(random, STREETS)} ${pick(random, ['Street', 'Street', 'Avenue', 'Road', 'Lane'])}`;

export const hospitalName = (random: Random, city: string) =>
  `${pick(random, SAINTS)} ${pick(random, ['Hospital', 'Medical Center', 'Community Hospital', 'Regional Hospital'])}, ${city}`;

export const surgeryCenterName = (random: Random, city: string) =>
  `${pick(random, SAINTS)} ${pick(random, ['Surgery Center', 'Ambulatory Surgery', 'Day Surgery'])}, ${city}`;

/** The first one is the planted system; each name is used once. */
export const SYSTEM_NAMES: readonly string[] = SAINTS.slice(1)
  .concat(SAINTS.slice(0, 1))
  .flatMap((name) => [`${name} Health`, `${name} Care Partners`, `${name} Clinics Group`]);
