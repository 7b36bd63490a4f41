const two = (value: number): string => String(value).padStart(2, '0');

/** A moment in Unix milliseconds as `14:03:22`, where the reader is. */
export const clockTime = (at: number): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};
