/* git.exe for tests under Wine: sends its call to git_server.py on this machine, which runs the real git.

   Sent are the working folder, the arguments and the GIT_* variables (after "\1"), each as UTF-8 with its length before
   it, and their number before all; then standard input as it comes. Received are frames: 1 byte for the kind (1 output,
   2 errors, 3 exit status), the length, the bytes. Numbers have 4 bytes, the lowest first. */
#include <winsock2.h>
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

static SOCKET server;

static void put(const void *data, int size) {
    for (const char *at = data; size > 0;) {
        int sent = send(server, at, size, 0);
        if (sent <= 0) exit(127);
        at += sent;
        size -= sent;
    }
}

static int get(void *data, int size) {
    for (char *at = data; size > 0;) {
        int received = recv(server, at, size, 0);
        if (received <= 0) return 0;
        at += received;
        size -= received;
    }
    return 1;
}

static void put_text(const wchar_t *text) {
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, 0, 0, 0, 0) - 1;
    char *octets = malloc(size + 1);
    WideCharToMultiByte(CP_UTF8, 0, text, -1, octets, size + 1, 0, 0);
    put(&size, 4);
    put(octets, size);
    free(octets);
}

static int is_sent(const wchar_t *variable) { return !wcsncmp(variable, L"GIT_", 4); }

static void put_variable(const wchar_t *variable) {
    wchar_t *marked = malloc((wcslen(variable) + 2) * sizeof(wchar_t));
    marked[0] = 1;
    wcscpy(marked + 1, variable);
    put_text(marked);
    free(marked);
}

static DWORD WINAPI feed(LPVOID unused) {
    char buffer[65536];
    DWORD size;
    (void)unused;
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), buffer, sizeof buffer, &size, 0) && size) put(buffer, size);
    shutdown(server, SD_SEND);
    return 0;
}

static int connected(void) {
    WSADATA data;
    struct sockaddr_in address = {0};
    char *port = getenv("SHIM_PORT");
    if (!port || WSAStartup(MAKEWORD(2, 2), &data)) return 0;
    server = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_family = AF_INET;
    address.sin_port = htons((u_short)atoi(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return !connect(server, (struct sockaddr *)&address, sizeof address);
}

static void write_all(int kind, const char *octets, int size) {
    HANDLE out = GetStdHandle(kind == 1 ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
    DWORD written;
    for (int at = 0; at < size; at += written)
        if (!WriteFile(out, octets + at, size - at, &written, 0)) return;
}

int wmain(int count, wchar_t **arguments, wchar_t **variables) {
    wchar_t folder[32768];
    int texts = count;
    if (!connected()) return 127;
    for (wchar_t **one = variables; *one; one++) texts += is_sent(*one);
    put(&texts, 4);
    GetCurrentDirectoryW(32768, folder);
    put_text(folder);
    for (int number = 1; number < count; number++) put_text(arguments[number]);
    for (wchar_t **one = variables; *one; one++)
        if (is_sent(*one)) put_variable(*one);
    CreateThread(0, 0, feed, 0, 0, 0);
    for (;;) {
        unsigned char kind;
        int size, status;
        if (!get(&kind, 1) || !get(&size, 4)) return 127;
        char *octets = malloc(size + 1);
        if (!get(octets, size)) return 127;
        if (kind == 3) {
            memcpy(&status, octets, 4);
            ExitProcess(status);
        }
        write_all(kind, octets, size);
        free(octets);
    }
}
