const headerLength = 44;

/** A WAVE file (RIFF, PCM, 16 bits, one channel). */
export function encodeWav(samples: Int16Array, sampleRate: number): Buffer {
  const file = Buffer.alloc(headerLength + samples.length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) => file.writeInt16LE(sample, headerLength + index * 2));
  return file;
}

/** Of a file as `encodeWav` writes it; throws on any other. */
export function decodeWav(file: Buffer): { readonly samples: Int16Array; readonly sampleRate: number } {
  const format = `${file.toString('latin1', 0, 4)} ${file.toString('latin1', 8, 16)} ${file.toString('latin1', 36, 40)}`;
  const pcm = file.readUInt16LE(20) === 1 && file.readUInt16LE(22) === 1 && file.readUInt16LE(34) === 16;
  if (format !== 'RIFF WAVEfmt  data' || !pcm || file.readUInt32LE(40) !== file.length - headerLength) {
    throw new Error('not a WAVE file of 16 bits and one channel');
  }
  const count = (file.length - headerLength) / 2;
  const samples = Int16Array.from({ length: count }, (_, index) =>
    file.readInt16LE(headerLength + index * 2),
  );
  return { samples, sampleRate: file.readUInt32LE(24) };
}
