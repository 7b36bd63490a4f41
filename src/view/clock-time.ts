const two = (value: number): string => String(value).padStart(2, '0');

/** A moment in Unix milliseconds as `14:03:22`, in the time zone of this machine. */
export const clockTime = (at: number): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};
