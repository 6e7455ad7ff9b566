const keptBytes = 4_096;
const binaryOpcode = 2;

export interface FrameTap {
  /** Bytes as they come from the socket. */
  feed(chunk: Buffer): void;
  /** The beginning of the data message under way: at most 4 KiB. */
  head(): Buffer;
  readonly binary: boolean;
  /** No more of the head will come. */
  readonly complete: boolean;
}

/**
 * Reads along with the WebSocket library and remembers how the message under way begins. A message that the
 * library refuses (too large, too many fragments) is never handed over, yet its text and `seq` belong into the
 * rejected list: without its `seq` the same message would end every new link at the same place.
 * Frames from a server are not masked (RFC 6455 §5.1) and compression is off.
 */
export function createFrameTap(): FrameTap {
  let header: number[] = [];
  let left = 0;
  let control = false;
  let final = true;
  let binary = false;
  let inMessage = false;
  let parts: Buffer[] = [];
  let kept = 0;

  /** Length of the header begun in `header`, as far as it can be told. */
  function headerLength(): number {
    const length = (header[1] ?? 0) & 0x7f;
    if (header.length < 2) return 2;
    if (length === 126) return 4;
    return length === 127 ? 10 : 2;
  }

  function begin(): void {
    const [first = 0, second = 0] = header;
    const short = second & 0x7f;
    left = short < 126 ? short : 0;
    if (short >= 126) for (const byte of header.slice(2)) left = left * 256 + byte;
    const opcode = first & 0x0f;
    control = opcode > 7;
    header = [];
    if (control) return;
    final = (first & 0x80) !== 0;
    if (opcode === 0) return;
    binary = opcode === binaryOpcode;
    parts = [];
    kept = 0;
    inMessage = true;
  }

  function end(): void {
    if (!control && final) inMessage = false;
  }

  return {
    feed(chunk) {
      let offset = 0;
      while (offset < chunk.length) {
        if (left > 0) {
          const taken = Math.min(left, chunk.length - offset);
          if (!control && kept < keptBytes) {
            const part = chunk.subarray(offset, offset + Math.min(taken, keptBytes - kept));
            parts.push(part);
            kept += part.length;
          }
          left -= taken;
          offset += taken;
          if (left === 0) end();
          continue;
        }
        header.push(chunk[offset] ?? 0);
        offset += 1;
        if (header.length === headerLength()) {
          begin();
          if (left === 0) end();
        }
      }
    },
    head: () => Buffer.concat(parts),
    get binary() {
      return binary;
    },
    get complete() {
      return kept >= keptBytes || !inMessage;
    },
  };
}
