import type { Defect, Nest, Side } from '../protocol.ts';

/** What a picture shows. The identity carries all of it, so that the image endpoint keeps nothing. */
export interface PictureContent {
  passId: string;
  /** Epoch ms. */
  at: number;
  vehicleIndex: number;
  /** Empty when the cameras did not read it. */
  vehicleNumber: string;
  axle: number;
  side: Side;
  nest: Nest;
  /** Millimetres; undefined when the spring was not measured. */
  heightMm: number | undefined;
  defect: Defect;
}

const defectLetters: Record<Defect, string> = {
  none: 'n',
  broken: 'b',
  missing: 'm',
  solid: 's',
  displaced: 'd',
};
const defects: readonly Defect[] = ['none', 'broken', 'missing', 'solid', 'displaced'];
const pattern =
  /^([0-9a-f]{8})-(\d{1,3})-([1-8])([LR])([lt])-h(\d{1,5}|x)-([nbmsd])-([0-9a-z]{1,11})-(\d{0,20})$/;

/** At most 60 characters of `a-z A-Z 0-9 -`: safe in a path, a file name and a URL. */
export const imageIdentity = (content: PictureContent): string =>
  [
    content.passId.slice(0, 8),
    content.vehicleIndex,
    `${content.axle}${content.side === 'left' ? 'L' : 'R'}${content.nest === 'lead' ? 'l' : 't'}`,
    `h${content.heightMm === undefined ? 'x' : Math.round(content.heightMm * 100)}`,
    defectLetters[content.defect],
    Math.floor(content.at).toString(36),
    content.vehicleNumber.replaceAll(/\D/g, '').slice(0, 20),
  ].join('-');

/** Undefined for anything that `imageIdentity` did not make. */
export const readImageIdentity = (identity: string): PictureContent | undefined => {
  const parts = pattern.exec(identity);
  if (parts === null) return undefined;
  const [, passId = '', index, axle, side, nest, height, letter, at = '', vehicleNumber = ''] = parts;
  const time = Number.parseInt(at, 36);
  if (time > 8.64e15) return undefined;
  return {
    passId,
    at: time,
    vehicleIndex: Number(index),
    vehicleNumber:
      vehicleNumber.length === 8 ? `${vehicleNumber.slice(0, 4)} ${vehicleNumber.slice(4)}` : vehicleNumber,
    axle: Number(axle),
    side: side === 'L' ? 'left' : 'right',
    nest: nest === 'l' ? 'lead' : 'trail',
    heightMm: height === 'x' ? undefined : Number(height) / 100,
    defect: defects.find((defect) => defectLetters[defect] === letter) ?? 'none',
  };
};
