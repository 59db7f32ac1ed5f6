import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import { expect, test } from 'vitest';
import { createSampleVideo } from './sample-video.ts';

test('a demuxer finds a film of the wanted length in it', async () => {
  const film = createSampleVideo({ seconds: 4, seed: 'a' });
  using input = new Input({ source: new BufferSource(film), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  expect(await input.computeDuration()).toBe(4);
  expect(track).toMatchObject({ codec: 'avc', codedWidth: 144, codedHeight: 256 });
  if (!track) return;
  const packets = await Array.fromAsync(new EncodedPacketSink(track).packets());
  expect(packets).toHaveLength(40);
  expect(packets.filter((packet) => packet.type === 'key').map((packet) => packet.timestamp)).toEqual([0, 1, 2, 3]);
});

test('same seed, same bytes; another seed, another film', () => {
  expect(createSampleVideo({ seed: 1 })).toEqual(createSampleVideo({ seed: 1 }));
  expect(createSampleVideo({ seed: 1 })).not.toEqual(createSampleVideo({ seed: 2 }));
});
