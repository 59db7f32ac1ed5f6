/** Music and other sounds that a platform offers to be put under a video: made up, the same in every world. */
export interface Sound {
  /** 19 digits, as TikTok numbers them. */
  id: string;
  title: string;
  artist: string;
  seconds: number;
  /** How many videos have it. */
  uses: number;
}

const catalogue: readonly Sound[] = [
  { id: '7201184417730054401', title: 'Slow Kettle', artist: 'Harbor Kiln', seconds: 31, uses: 18_400 },
  { id: '7213300968257652994', title: 'Paper Boats (Instrumental)', artist: 'Ida Novel', seconds: 60, uses: 240_100 },
  { id: '7225417518785251587', title: 'Lundi matin', artist: 'Atelier Mado', seconds: 15, uses: 3_870 },
  { id: '7237534069312850180', title: 'Night Tram', artist: 'The Seven Stops', seconds: 45, uses: 1_310_000 },
  { id: '7249650619840448773', title: 'Night Tram (Slowed)', artist: 'The Seven Stops', seconds: 58, uses: 92_600 },
  { id: '7261767170368047366', title: 'original sound', artist: 'noor_repairs', seconds: 22, uses: 41 },
];

export const findSound = (id: string): Sound | undefined => catalogue.find((sound) => sound.id === id);

/** What a picker offers before anything is searched for. */
export const recommendedSounds: readonly Sound[] = catalogue.filter(({ title }) => title !== 'original sound');

/** Those whose title or artist holds every word, the most used first. */
export function searchSounds(words: string): Sound[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return [];
  return catalogue
    .filter(({ title, artist }) => wanted.every((word) => `${title} ${artist}`.toLowerCase().includes(word)))
    .toSorted((a, b) => b.uses - a.uses);
}

/** A sound on what is being made. Volumes are where their bars stand, 0–100; both begin in the middle. */
export interface ChosenSound {
  readonly id: string;
  readonly title: string;
  readonly originVolume: number;
  readonly addVolume: number;
}

export const chosen = ({ id, title }: Sound): ChosenSound => ({ id, title, originVolume: 50, addVolume: 50 });

/** What is published of it. A photo has no sound of its own, so there is nothing to balance. */
export const published = (sound: ChosenSound | undefined, { hasOwnSound }: { hasOwnSound: boolean }) => ({
  sound: sound?.title ?? null,
  soundId: sound?.id ?? null,
  originSoundVolume: sound && hasOwnSound ? Math.round(sound.originVolume) : null,
  addSoundVolume: sound ? Math.round(sound.addVolume) : null,
});
