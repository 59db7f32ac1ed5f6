import { createContext, useContext, useEffect, useState } from 'react';
import { parseHierarchy, type Screen } from './hierarchy.ts';

export interface TracePicture {
  url: string;
  /** Physical px, as the bounds are, even when the picture itself was made smaller. */
  width: number;
  height: number;
}

/** Where the files of a trace come from: the server, or the exported page itself. Names as the steps have them. */
export interface TraceFiles {
  picture(name: string): Promise<TracePicture>;
  hierarchy(name: string): Promise<string>;
}

const Context = createContext<TraceFiles | undefined>(undefined);

export const TraceFilesProvider = Context.Provider;

function useFiles(): TraceFiles {
  const files = useContext(Context);
  if (!files) throw new Error('no files of a trace here');
  return files;
}

/** Undefined while it loads or when it is gone. */
export function usePicture(name: string | undefined): TracePicture | undefined {
  const files = useFiles();
  const [found, setFound] = useState<{ name: string; picture: TracePicture }>();
  useEffect(() => {
    if (name === undefined) return;
    let isOver = false;
    files.picture(name).then(
      (picture) => !isOver && setFound({ name, picture }),
      () => undefined, // A picture that was pruned: the drawing of the hierarchy stands in.
    );
    return () => {
      isOver = true;
    };
  }, [files, name]);
  return found?.name === name ? found?.picture : undefined;
}

export function useScreen(name: string | undefined): Screen | undefined {
  const files = useFiles();
  const [found, setFound] = useState<{ name: string; screen: Screen | undefined }>();
  useEffect(() => {
    if (name === undefined) return;
    let isOver = false;
    files.hierarchy(name).then(
      (xml) => !isOver && setFound({ name, screen: parseHierarchy(xml) }),
      () => undefined, // As above.
    );
    return () => {
      isOver = true;
    };
  }, [files, name]);
  return found?.name === name ? found?.screen : undefined;
}
