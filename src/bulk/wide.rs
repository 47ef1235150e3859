//! Loops over many rows, compiled twice: for every processor of a family, and for those with wider registers,
//! which is found out when the program runs. Both give the same: no operation is fused or put in another order.

/// Runs loops as wide as the processor can. What is run has to be inlined, all that it calls as well.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[inline(always)]
pub(super) fn wide<R>(with: impl FnOnce() -> R) -> R {
    use fearless_simd::{Level, Simd};
    match Level::new().as_avx2() {
        Some(avx2) => avx2.vectorize(with),
        None => with(),
    }
}

/// Runs loops as they are: the registers of other processors are of one width.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
#[inline(always)]
pub(super) fn wide<R>(with: impl FnOnce() -> R) -> R {
    with()
}
