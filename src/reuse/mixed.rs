//! One number for a few in a row, to look them up by: the same for the same ones. What it is for others is chance.

/// Of four numbers at most.
pub(super) fn mixed(numbers: impl Iterator<Item = u32>) -> usize {
    // Each by a factor of its own, so that none waits for the one before it.
    const FACTORS: [u64; 4] = [
        0x9E37_79B9_7F4A_7C15,
        0xC2B2_AE3D_27D4_EB4F,
        0x1656_67B1_9E37_79F9,
        0xD6E8_FEB8_6659_FD93,
    ];
    let sum = numbers.zip(FACTORS).fold(0_u64, |sum, (number, factor)| {
        sum.wrapping_add(u64::from(number).wrapping_mul(factor))
    });
    (sum >> 32) as usize
}
