/** What an alert sounds like: each kind by its own rhythm, so that it is known before it is read. */
import type { Alert } from "../../api/index.ts";

/** Tones in hertz (0: a rest) and their length in seconds, played through once. */
const TUNES: Readonly<Record<Alert["alert"], readonly (readonly [hertz: number, seconds: number])[]>> = {
  STOP: [
    [988, 0.12],
    [0, 0.06],
    [988, 0.12],
    [0, 0.06],
    [988, 0.12],
  ],
  accident: [
    [784, 0.25],
    [523, 0.25],
    [784, 0.25],
    [523, 0.25],
  ],
  hazard: [
    [440, 0.45],
    [0, 0.15],
    [440, 0.45],
  ],
  "is-this-yours": [
    [523, 0.15],
    [659, 0.15],
    [784, 0.3],
  ],
};

const EVERY_MS = 2200;

/** Sounds until it is stopped. `onBlocked` says whether the browser keeps it silent. */
export function soundAlert(kind: Alert["alert"], onBlocked: (blocked: boolean) => void): () => void {
  const audio = new AudioContext();
  const play = (): void => {
    onBlocked(audio.state !== "running");
    if (audio.state !== "running") void audio.resume().catch(() => undefined);
    let at = audio.currentTime;
    for (const [hertz, seconds] of TUNES[kind]) {
      if (hertz > 0) tone(audio, hertz, at, seconds);
      at += seconds;
    }
  };
  play();
  const timer = setInterval(play, EVERY_MS);
  return () => {
    clearInterval(timer);
    void audio.close().catch(() => undefined);
  };
}

function tone(audio: AudioContext, hertz: number, at: number, seconds: number): void {
  const [source, volume] = [audio.createOscillator(), audio.createGain()];
  source.type = "triangle";
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.4, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + seconds);
}
