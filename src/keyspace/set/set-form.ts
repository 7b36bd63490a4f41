/** How the members of a set lie, in its entry's flags. A set with no value yet has {@link INTEGERS} and address 0. */
export const INTEGERS = 0x00;
export const PACKED = 0x10;
export const TABLE = 0x20;
export const FORM_MASK = 0x30;
