// SPDX-License-Identifier: Apache-2.0
// rust.rs - a plugin in Rust: the same constant, the same functions.
use std::ffi::{c_char, c_void};

#[repr(C)]
pub struct Host {
    struct_size: u32,
    abi_major: u16,
    abi_minor: u16,
    private: *mut c_void,
    log: extern "C" fn(*const Host, i32, *const c_char),
    conf: extern "C" fn(*const Host, *const c_char, *mut c_char, u32) -> i32,
    ms_left: extern "C" fn(*const Host) -> u32,
    get_extension: extern "C" fn(*const Host, *const c_char) -> *const c_void,
    fill_from_guide: extern "C" fn(*mut c_void, *const c_char) -> i32,
    clear_field: extern "C" fn(*mut c_void, i32) -> i32,
    set_summary: extern "C" fn(*mut c_void, *const c_char, *const c_char) -> i32,
}

#[repr(C)]
pub struct Plugin {
    magic: u32,
    abi_major: u16,
    abi_minor: u16,
    struct_size: u32,
    flags: u32,
    name: *const u8,
    version: *const u8,
    guide: *const u8,
    guide_end: *const u8,
    claims: *const *const u8,
    init: Option<extern "C" fn(*const Host, *mut *mut c_void) -> i32>,
    fini: Option<extern "C" fn(*mut c_void)>,
    answer: Option<extern "C" fn(*mut c_void, *const Host, *const c_void, *mut c_void) -> i32>,
    get_extension: Option<extern "C" fn(*const c_char) -> *const c_void>,
}
unsafe impl Sync for Plugin {}

static GUIDE: &[u8] = "guide: 1
name: rust
title: 杭州市居住证办事指南
version: 1.0.0
contact: 测试
regions:
  - code: \"330100\"
sources:
  - {id: T1, title: 测试来源, kind: article, as_of: \"2025\", review_by: \"2099-12-31\"}
topics:
  permit.timing:
    source: T1
    summary: 据资料（未核实），杭州约2个工作日。
"
.as_bytes();

extern "C" fn answer(
    _state: *mut c_void,
    host: *const Host,
    _request: *const c_void,
    out: *mut c_void,
) -> i32 {
    let host = unsafe { &*host };
    let r = (host.fill_from_guide)(out, std::ptr::null());
    if r != 0 {
        return 1; // not mine
    }
    (host.set_summary)(out, c"据资料（未核实），用Rust写的回答。".as_ptr(), c"T1".as_ptr())
}

#[no_mangle]
pub static wenlu_plugin_entry: Plugin = Plugin {
    magic: 0x554c4e57,
    abi_major: 1,
    abi_minor: 0,
    struct_size: std::mem::size_of::<Plugin>() as u32,
    flags: 0,
    name: b"rust\0".as_ptr(),
    version: std::ptr::null(),
    guide: GUIDE.as_ptr(),
    guide_end: unsafe { GUIDE.as_ptr().add(GUIDE.len()) },
    claims: std::ptr::null(),
    init: None,
    fini: None,
    answer: Some(answer),
    get_extension: None,
};
